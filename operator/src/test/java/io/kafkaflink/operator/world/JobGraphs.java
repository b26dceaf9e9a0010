package io.kafkaflink.operator.world;

import io.kafkaflink.doubles.flink.Effect;
import io.kafkaflink.doubles.job.JobGraph;
import io.kafkaflink.model.InvalidJobConfiguration;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.model.OperatorIds;
import io.kafkaflink.operator.desired.Revision;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What main() makes of the configuration that a FlinkDeployment mounts. */
record JobGraphs(Supplier<Map<String, Revision>> revisions) {

    /** Empty when the revision is not stored. */
    Optional<JobGraph> of(Effect.Start start) {
        JobGraph unread = JobGraph.ofArguments(start.spec().args());
        return revisions.get().values().stream()
                .filter(revision -> revision.configHash().equals(unread.configHash()))
                .findFirst()
                .map(JobGraphs::of);
    }

    private static JobGraph of(Revision revision) {
        try {
            JobConfiguration job =
                    JobConfigurationYaml.read(revision.jobConfiguration().getBytes(StandardCharsets.UTF_8));
            Set<String> uids = new TreeSet<>();
            uids.add(job.uids().source());
            job.uids().sinks().values().forEach(sink -> {
                uids.add(sink);
                uids.add(OperatorIds.committerUid(sink));
            });
            job.transforms().forEach(transform -> uids.add("step-" + transform.id()));
            Map<String, Integer> topics = new TreeMap<>();
            job.source().kafka().topics().forEach(topic -> topics.put(topic, Integer.MAX_VALUE));
            Optional.ofNullable(job.source().kafka().partitions()).ifPresent(topics::putAll);
            return new JobGraph(
                    revision.configHash(),
                    job.uids().source(),
                    uids,
                    topics,
                    job.source().kafka().groupId());
        } catch (InvalidJobConfiguration e) {
            throw new IllegalStateException("revision " + revision.name() + " holds no job configuration", e);
        }
    }
}
