package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What main() needs of a handover. Outside of Kubernetes, and where nobody ordered one, the job starts as configured.
 */
public final class HandoverSession implements AutoCloseable {
    /** Flink option of a FlinkDeployment that must never start by itself: {@value #ORDERS_ONLY}. */
    public static final String MODE = "kafkaflink.handover";

    public static final String ORDERS_ONLY = "required";

    private static final Logger LOG = LoggerFactory.getLogger(HandoverSession.class);
    private static final Duration SHORTEST_PATIENCE = Duration.ofMinutes(10);

    private final Optional<HandoverMap> map;
    private final Handover.Start start;
    private Optional<FirstCheckpoint> firstCheckpoint = Optional.empty();

    private HandoverSession(Optional<HandoverMap> map, Handover.Start start) {
        this.map = map;
        this.start = start;
    }

    /** @param flink configuration that Flink was started with */
    public static HandoverSession open(ReadableConfig flink, String configHash) {
        Configuration all = Configuration.fromMap(flink.toMap());
        return new HandoverSession(
                KubernetesHandoverMap.of(all),
                new Handover.Start(
                        configHash,
                        all.get(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID),
                        all.getOptional(StateRecoveryOptions.SAVEPOINT_PATH).filter(path -> !path.isBlank()),
                        ORDERS_ONLY.equals(all.toMap().get(MODE))));
    }

    /** Tells whoever waits for a verdict why the job cannot even be built. */
    public void unfit(RuntimeException failure) {
        if (map.isEmpty()) {
            return;
        }
        Reason reason = Reason.of("JobCannotBeBuilt", String.valueOf(failure.getMessage()));
        try {
            Standing standing = start.standing(map.get().read());
            if (standing instanceof Standing.Arming arming) {
                String revision = arming.order().revision();
                ArmVerdict verdict = new ArmVerdict(
                        null,
                        start.jobId(),
                        revision,
                        Verdict.Unfit,
                        List.of(reason),
                        null,
                        null,
                        null,
                        Waiting.REAL.now());
                map.get().write(HandoverKeys.ARMED, HandoverJson.write(verdict), data -> true);
            }
        } catch (IOException e) {
            LOG.warn("Why this job cannot start is not reported: {}", e.getMessage());
        }
    }

    /**
     * Returns when the job may start, which can take as long as the operator wants.
     *
     * @throws io.kafkaflink.job.JobRefused when it must not
     */
    public StartPlan await(NewJob job) throws InterruptedException {
        if (map.isEmpty()) {
            return StartPlan.AS_CONFIGURED;
        }
        Handover.Departure departure =
                new Handover(map.get(), start, new JobChecks(job, Clock.systemUTC()), Waiting.REAL).await();
        firstCheckpoint = departure.expectation().flatMap(expectation -> CheckpointFolder.of(job.flink(), start.jobId())
                .map(folder -> new FirstCheckpoint(
                        map.get(),
                        start.jobId(),
                        folder,
                        expectation,
                        job.line(),
                        patience(job.flink()),
                        Waiting.REAL)));
        return departure.plan();
    }

    /** Three checkpoints late is late. */
    private static Duration patience(ReadableConfig flink) {
        Duration checkpoint = flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                .orElse(Duration.ZERO)
                .plus(flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT));
        Duration three = checkpoint.multipliedBy(3);
        return three.compareTo(SHORTEST_PATIENCE) > 0 ? three : SHORTEST_PATIENCE;
    }

    /** Begins to wait for the first checkpoint, beside the job. */
    public void verify() {
        firstCheckpoint.ifPresent(FirstCheckpoint::watch);
    }

    /** Leaves the connection to whoever still needs it. */
    @Override
    public void close() {
        if (firstCheckpoint.isEmpty()) {
            map.ifPresent(HandoverMap::close);
        }
    }
}
