package io.kafkaflink.job.handover;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.job.TestPair;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.OperatorIds;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;

/** The checks of a job that waits armed, in this JVM; the job passes records on with one sink named main. */
public record LocalChecks(JobConfiguration configuration) {
    private static final String JOB_ID = "c".repeat(32);

    public ArmVerdict armed(ArmOrder order) {
        return checks().armed(order, JOB_ID);
    }

    public GoResult go(ArmOrder order, String savepoint) {
        GoOrder go = new GoOrder(
                null,
                order.upgradeId(),
                JOB_ID,
                savepoint,
                GoOrder.Offsets.Savepoint,
                order.expectedDropped(),
                List.of());
        return checks().go(order, go).result();
    }

    private JobChecks checks() {
        Configuration flink = new Configuration();
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(20));
        flink.set(PipelineOptions.MAX_PARALLELISM, 12);
        String sink = configuration.uids().sinks().get("main");
        NewJob job = new NewJob(
                configuration,
                List.of(configuration.uids().source(), sink, OperatorIds.committerUid(sink)),
                List.of(),
                flink,
                TestPair.LINE,
                TestPair.CONNECTOR,
                ConnectorLine.onClassPath());
        return new JobChecks(job, Clock.systemUTC());
    }
}
