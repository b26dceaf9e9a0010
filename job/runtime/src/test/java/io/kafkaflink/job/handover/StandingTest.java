package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Optional<String> NO_PATH = Optional.empty();
    private static final Optional<String> PATH = Optional.of("file:///savepoints/sp-9");

    private final Map<String, String> data = new TreeMap<>();

    private Standing standing(Optional<String> path) {
        return Standing.of(Optional.of(data), Orders.HASH, Orders.JOB, path);
    }

    private void order() {
        data.put(HandoverKeys.ORDER, HandoverJson.write(Orders.order("source-1")));
    }

    private void go(String upgradeId, String jobId) {
        data.put(HandoverKeys.GO, HandoverJson.write(Orders.go(upgradeId, jobId)));
    }

    @Test
    @DisplayName(
            "Without ConfigMap, without order, or with an order for another configuration the job starts by itself")
    void alone() {
        assertThat(Standing.of(Optional.empty(), Orders.HASH, Orders.JOB, NO_PATH))
                .isEqualTo(new Standing.Alone());
        assertThat(standing(NO_PATH)).isEqualTo(new Standing.Alone());
        order();
        assertThat(Standing.of(Optional.of(data), "f".repeat(64), Orders.JOB, NO_PATH))
                .isEqualTo(new Standing.Alone());
    }

    @Test
    @DisplayName("An order nobody can read must not become a start")
    void unreadableOrder() {
        data.put(HandoverKeys.ORDER, "{");
        assertThat(standing(NO_PATH))
                .isInstanceOfSatisfying(Standing.Barred.class, barred -> assertThat(barred.message())
                        .startsWith("key order: cannot be read as JSON"));
        assertThat(standing(PATH))
                .as("it may name a job that must not be repeated")
                .isInstanceOf(Standing.Barred.class);
        data.put(HandoverKeys.RESULT, HandoverJson.write(Orders.started(Orders.JOB)));
        assertThat(standing(PATH)).isEqualTo(new Standing.Told(PATH.get(), Optional.empty(), true));
    }

    @Test
    void armsAndGoes() {
        order();
        assertThat(standing(NO_PATH)).isEqualTo(new Standing.Arming(Orders.order("source-1")));
        go(Orders.UPGRADE, Orders.JOB);
        assertThat(standing(NO_PATH))
                .isEqualTo(new Standing.Going(Orders.order("source-1"), Orders.go(Orders.UPGRADE, Orders.JOB)));
    }

    @Test
    @DisplayName("A go for another job, of another upgrade, or one that cannot be read is waited past")
    void foreignGo() {
        order();
        go(Orders.UPGRADE, Orders.OTHER_JOB);
        assertThat(standing(NO_PATH)).isInstanceOf(Standing.Arming.class);
        go("another-upgrade", Orders.JOB);
        assertThat(standing(NO_PATH)).isInstanceOf(Standing.Arming.class);
        data.put(HandoverKeys.GO, "{\"jobId\":\"" + Orders.JOB + "\"}");
        assertThat(standing(NO_PATH)).isInstanceOf(Standing.Arming.class);
    }

    @Test
    @DisplayName(
            "The go of a former life never overrides the path that the Flink operator resumes from (319,835 duplicates)")
    void formerGoBesideARecoveryPath() {
        order();
        go(Orders.UPGRADE, Orders.JOB);
        data.put(HandoverKeys.RESULT, HandoverJson.write(Orders.started(Orders.OTHER_JOB)));
        assertThat(standing(PATH))
                .isEqualTo(new Standing.Told(PATH.get(), Optional.of(Orders.order("source-1")), false));
        data.put(HandoverKeys.RESULT, HandoverJson.write(Orders.started(Orders.JOB)));
        assertThat(standing(PATH))
                .isEqualTo(new Standing.Told(PATH.get(), Optional.of(Orders.order("source-1")), true));
    }

    @Test
    @DisplayName("What was decided for this job id stays decided, whatever the order says by now")
    void decided() {
        go(Orders.UPGRADE, Orders.JOB);
        data.put(HandoverKeys.RESULT, HandoverJson.write(Orders.started(Orders.JOB)));
        Standing gone = new Standing.Gone(Orders.go(Orders.UPGRADE, Orders.JOB), Orders.started(Orders.JOB));
        assertThat(standing(NO_PATH)).isEqualTo(gone);
        data.put(HandoverKeys.ORDER, "broken");
        assertThat(standing(NO_PATH)).isEqualTo(gone);
    }

    @Test
    @DisplayName("A start that was refused is not tried again by a restarted JobManager")
    void refused() {
        order();
        go(Orders.UPGRADE, Orders.JOB);
        data.put(HandoverKeys.RESULT, HandoverJson.write(Orders.refused(Orders.JOB)));
        Standing barred = new Standing.Barred("this start was refused before: too late");
        assertThat(standing(NO_PATH)).isEqualTo(barred);
        assertThat(standing(PATH)).isEqualTo(barred);
    }

    @Test
    void neverGuessesASavepoint() {
        order();
        data.put(HandoverKeys.RESULT, HandoverJson.write(Orders.started(Orders.JOB)));
        assertThat(standing(NO_PATH))
                .isEqualTo(new Standing.Barred("this job was started, but the go that it was started with is gone"));
    }

    @Test
    void needsAJobIdToBeOrdered() {
        order();
        assertThat(Standing.of(Optional.of(data), Orders.HASH, null, NO_PATH)).isInstanceOf(Standing.Barred.class);
    }
}
