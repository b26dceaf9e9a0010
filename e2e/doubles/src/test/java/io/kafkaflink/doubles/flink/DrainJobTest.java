package io.kafkaflink.doubles.flink;

import static io.kafkaflink.doubles.flink.HandoverWorld.NEW;
import static io.kafkaflink.doubles.flink.HandoverWorld.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoOrder;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Simulated jobs of a topic that grows: the waiting one watches the old one, and records show what comes of haste. */
class DrainJobTest {
    private static final int LEARNING = 60;

    private final HandoverWorld world = new HandoverWorld();

    @Test
    @DisplayName("told to drain, an armed job reports the first checkpoint beyond what the old partitions held then")
    void drains() {
        grown(2);
        world.pass(LEARNING);
        assertThat(world.drained(NEW)).isEmpty();

        world.orderToDrain(NEW, "2", job(OLD), "source-1", "sink-1");
        world.pass(1);
        assertThat(world.drained(NEW)).as("no checkpoint since").isEmpty();
        world.pass(20);
        DrainReport drained = world.drained(NEW).orElseThrow();
        assertThat(drained.jobId()).isEqualTo(job(NEW));
        assertThat(drained.partitions()).isEqualTo(2);
        world.pass(20);
        assertThat(world.drained(NEW)).as("said once").contains(drained);

        takeOver();
        assertThat(world.kafka.disorders()).isEmpty();
        world.assertExact();
    }

    @Test
    @DisplayName("an old job without checkpoints never drains; with them again it does, also for a new JobManager")
    void stuck() {
        grown(2);
        world.flink.failCheckpoints(OLD);
        world.orderToDrain(NEW, "2", job(OLD), "source-1", "sink-1");
        world.pass(120);
        assertThat(world.drained(NEW)).isEmpty();

        world.flink.killJobManager(NEW, HandoverWorld.OUTAGE);
        world.flink.mendJob(OLD);
        world.pass(60);
        assertThat(world.drained(NEW)).isPresent();
    }

    @Test
    @DisplayName("a job that takes over before producers have learned reads keys in two partitions at once")
    void haste() {
        grown(2);
        takeOver();
        world.pass(LEARNING);
        assertThat(world.kafka.disorders()).isNotEmpty();
        world.assertExact();
    }

    @Test
    @DisplayName("so does a job that reads whatever there is")
    void unpinned() {
        grown(Integer.MAX_VALUE);
        world.pass(LEARNING + 20);
        assertThat(world.kafka.disorders())
                .anyMatch(words -> words.contains("reads in-2"))
                .anyMatch(words -> words.contains("have in in-1"));
        world.assertExact();
    }

    /** The topic has grown from 2 to 4 partitions, the old job reads some of them, and one for all is armed. */
    private void grown(int read) {
        world.kafka.producersLearnAfter(Duration.ofSeconds(LEARNING));
        world.partitions = read;
        world.create(OLD, "1");
        world.pass(40);
        world.kafka.grow("in", 4);
        world.partitions = 4;
        world.order(NEW, "2", "source-1", "sink-1");
        world.create(NEW, "2", true);
        world.pass(20);
    }

    private void takeOver() {
        String savepoint = world.stop(OLD);
        world.go(NEW, job(NEW), savepoint, GoOrder.Offsets.Savepoint, "source-1", "sink-1");
        world.pass(30);
        assertThat(world.verified(NEW)).isPresent();
    }

    private String job(DeploymentKey key) {
        return world.status(key).job().jobId().orElseThrow();
    }
}
