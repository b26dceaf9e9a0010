package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.job.JobRefused;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverTest {
    private static final Optional<String> NO_PATH = Optional.empty();

    @TempDir
    Path folder;

    private final FakeConfigMap map = new FakeConfigMap();
    private final FakeTime time = new FakeTime();
    private final FakeChecks checks = new FakeChecks();

    private Handover.Departure await(Optional<String> path) throws InterruptedException {
        return new Handover(map, new Handover.Start(Orders.HASH, Orders.JOB, path, false), checks, time).await();
    }

    private void order() {
        map.data.put(HandoverKeys.ORDER, HandoverJson.write(Orders.order("source-1")));
    }

    private void go() {
        map.data.put(HandoverKeys.GO, HandoverJson.write(Orders.go(Orders.UPGRADE, Orders.JOB)));
    }

    private <T extends HandoverDocument> T document(String key, Class<T> type) {
        return type.cast(((Reading.Found<?>) HandoverJson.read(map.data.get(key), type)).document());
    }

    @Test
    void startsAsConfiguredWithoutOrder() throws Exception {
        assertThat(await(NO_PATH)).isEqualTo(new Handover.Departure(StartPlan.AS_CONFIGURED, Optional.empty()));
        map.exists = false;
        assertThat(await(NO_PATH).plan()).isEqualTo(StartPlan.AS_CONFIGURED);
        assertThat(map.writes).isZero();
    }

    @Test
    @DisplayName("Armed: reports once, waits for hours, goes from the savepoint with unclaimed state, reports before")
    void armsAndGoes() throws Exception {
        order();
        time.at(10_000, this::go);
        Handover.Departure departure = await(NO_PATH);
        assertThat(departure.plan()).isEqualTo(new StartPlan(Optional.of(Orders.SAVEPOINT), true, Optional.empty()));
        assertThat(departure.expectation()).hasValueSatisfying(expected -> assertThat(expected.savepointId())
                .isEqualTo(7));
        assertThat(document(HandoverKeys.ARMED, ArmVerdict.class).verdict()).isEqualTo(ArmVerdict.Verdict.Fit);
        assertThat(document(HandoverKeys.RESULT, GoResult.class)).isEqualTo(Orders.started(Orders.JOB));
        assertThat(List.of(checks.armed, checks.gone, map.writes)).containsExactly(1, 1, 2);
        assertThat(time.seconds()).isBetween(10_000L, 10_001L);
    }

    @Test
    @DisplayName("A job that is not fit looks again every 30 s and writes only what is new")
    void looksAgain() throws Exception {
        order();
        checks.verdict = ArmVerdict.Verdict.Unfit;
        time.at(95, () -> checks.verdict = ArmVerdict.Verdict.Fit).at(1_000, this::go);
        await(NO_PATH);
        assertThat(checks.armed).isEqualTo(5);
        assertThat(map.writes).isEqualTo(3);
        assertThat(document(HandoverKeys.ARMED, ArmVerdict.class).verdict()).isEqualTo(ArmVerdict.Verdict.Fit);
    }

    @Test
    @DisplayName("Asked to drain, it looks until the old job has read on, says so once, and goes on waiting")
    void drains() throws Exception {
        order();
        time.at(
                        10,
                        () -> map.data.put(
                                HandoverKeys.ORDER, HandoverJson.write(Orders.draining(Orders.order("source-1")))))
                .at(20, () -> assertThat(map.data).doesNotContainKey(HandoverKeys.DRAINED))
                .at(20, () -> map.away = true)
                .at(21, () -> checks.read = true)
                .at(30, () -> map.away = false)
                .at(40, () -> assertThat(document(HandoverKeys.DRAINED, DrainReport.class)
                                .checkpointId())
                        .isEqualTo(6))
                .at(50, this::go);
        await(NO_PATH);
        assertThat(checks.looked).isBetween(20, 45);
        assertThat(map.writes).isEqualTo(4);
    }

    @Test
    @DisplayName("A lost report that the old job has read on is written again")
    void drainedAgain() throws Exception {
        time.at(
                        1,
                        () -> map.data.put(
                                HandoverKeys.ORDER, HandoverJson.write(Orders.draining(Orders.order("source-1")))))
                .at(2, () -> checks.read = true)
                .at(20, () -> map.data.remove(HandoverKeys.DRAINED))
                .at(30, () -> assertThat(map.data).containsKey(HandoverKeys.DRAINED))
                .at(40, this::go);
        order();
        await(NO_PATH);
    }

    @Test
    void drainsNothingUnasked() throws Exception {
        order();
        checks.read = true;
        time.at(10, this::go);
        await(NO_PATH);
        assertThat(checks.looked).isZero();
        assertThat(map.data).doesNotContainKey(HandoverKeys.DRAINED);
    }

    @Test
    @DisplayName("A lost ConfigMap, order or API server is no reason to start; the verdict is written again")
    void staysArmed() throws Exception {
        order();
        time.at(10, () -> map.exists = false)
                .at(20, () -> {
                    map.exists = true;
                    map.data.clear();
                })
                .at(30, this::order)
                .at(40, () -> map.away = true)
                .at(10_000, () -> map.away = false)
                .at(10_010, () -> assertThat(map.data).containsKey(HandoverKeys.ARMED))
                .at(10_020, this::go);
        assertThat(await(NO_PATH).plan().path()).contains(Orders.SAVEPOINT);
        assertThat(time.seconds()).isGreaterThanOrEqualTo(10_020);
    }

    @Test
    @DisplayName("Another order for the same configuration is checked and reported anew")
    void armsAgain() throws Exception {
        order();
        time.at(5, () -> map.data.put(HandoverKeys.ORDER, HandoverJson.write(Orders.order("source-0"))))
                .at(10, this::go);
        await(NO_PATH);
        assertThat(checks.armed).isEqualTo(2);
    }

    @Test
    void refuses() {
        order();
        go();
        checks.result = Orders.refused(Orders.JOB);
        assertThatThrownBy(() -> await(NO_PATH)).isInstanceOf(JobRefused.class).hasMessage("Start refused: too late");
        assertThat(document(HandoverKeys.RESULT, GoResult.class).outcome()).isEqualTo(GoResult.Outcome.Refused);
        assertThatThrownBy(() -> await(NO_PATH))
                .as("after a restart of the JobManager")
                .isInstanceOf(JobRefused.class)
                .hasMessage("Handover ConfigMap shop/clicks-a-handover: this start was refused before: too late");
        assertThat(checks.gone).isEqualTo(1);
    }

    @Test
    @DisplayName("A restarted JobManager checks nothing again and goes on from the savepoint, or its own checkpoint")
    void goesOn() throws Exception {
        go();
        map.data.put(HandoverKeys.RESULT, HandoverJson.write(Orders.started(Orders.JOB)));
        checks.checkpoints =
                Optional.of(new CheckpointFolder(folder.resolve("none").toUri().toString()));
        Handover.Departure departure = await(NO_PATH);
        assertThat(departure.plan()).isEqualTo(new StartPlan(Optional.of(Orders.SAVEPOINT), true, Optional.empty()));
        assertThat(departure.expectation()).isPresent();

        for (String checkpoint : List.of("chk-7", "chk-8", "chk-12")) {
            Files.createDirectory(folder.resolve(checkpoint));
        }
        // Number 7 is the savepoint's own, 12 is not complete.
        Files.createFile(folder.resolve("chk-7/_metadata"));
        Files.createFile(folder.resolve("chk-8/_metadata"));
        String uri = folder.toUri().toString().replaceAll("/$", "");
        checks.checkpoints = Optional.of(new CheckpointFolder(uri));
        map.data.put(HandoverKeys.VERIFIED, "{}");
        departure = await(NO_PATH);
        assertThat(departure.plan()).isEqualTo(new StartPlan(Optional.of(uri + "/chk-8"), false, Optional.empty()));
        assertThat(departure.expectation()).isEmpty();
        assertThat(List.of(checks.armed, checks.gone, map.writes)).containsOnly(0);
    }

    @Test
    @DisplayName("A start of the Flink operator: offsets are checked once, a former go is ignored")
    void told() throws Exception {
        order();
        go();
        Optional<String> path = Optional.of("file:///savepoints/sp-9");
        assertThat(await(path)).isEqualTo(new Handover.Departure(StartPlan.AS_CONFIGURED, Optional.empty()));
        assertThat(document(HandoverKeys.RESULT, GoResult.class))
                .extracting(GoResult::savepoint, GoResult::outcome, GoResult::upgradeId)
                .containsExactly("file:///savepoints/sp-9", GoResult.Outcome.Started, null);
        await(path);
        assertThat(List.of(checks.resumed, checks.armed, checks.gone)).containsExactly(1, 0, 0);
    }

    @Test
    @DisplayName("The same job again, without a path: on from its own checkpoint, else from where it was told to start")
    void continues() throws Exception {
        Optional<String> path = Optional.of("file:///savepoints/sp-9");
        await(path);
        assertThat(await(NO_PATH).plan()).isEqualTo(new StartPlan(path, false, Optional.empty()));
        String own = ownCheckpoint();
        assertThat(await(NO_PATH).plan()).isEqualTo(new StartPlan(Optional.of(own), false, Optional.empty()));
        assertThat(checks.resumed).isEqualTo(1);
    }

    @Test
    void refusesARestartWhoseRecordsAreGone() {
        map.exists = false;
        checks.told = List.of(Finding.unfit("RecordsExpired", "offset 3 is gone"));
        assertThatThrownBy(() -> await(Optional.of("file:///savepoints/sp-9")))
                .isInstanceOf(JobRefused.class)
                .hasMessage("Start refused: offset 3 is gone");
    }

    @Test
    @DisplayName("An API server that is away at the start is waited for, but not for ever")
    void apiServerAway() throws Exception {
        map.away = true;
        time.at(60, () -> map.away = false);
        assertThat(await(NO_PATH).plan()).isEqualTo(StartPlan.AS_CONFIGURED);
        map.away = true;
        assertThatThrownBy(() -> await(NO_PATH))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining(
                        "ConfigMap shop/clicks-a-handover: no answer within 30 s; the job's service account"
                                + " needs get and update of ConfigMaps");
        assertThat(time.seconds()).isBetween(180L, 185L);
    }

    @Test
    @DisplayName("A job that must only start by order waits for its ConfigMap")
    void ordersOnly() throws Exception {
        map.exists = false;
        time.at(300, () -> map.exists = true).at(301, this::order).at(310, this::go);
        Handover.Start start = new Handover.Start(Orders.HASH, Orders.JOB, NO_PATH, true);
        assertThat(new Handover(map, start, checks, time).await().plan().path()).contains(Orders.SAVEPOINT);
    }

    @Test
    @DisplayName("It waits for its order as long as it takes, also while the API server is away")
    void ordersOnlyForDays() throws Exception {
        time.at(50, () -> map.away = true)
                .at(50_000, () -> map.away = false)
                .at(50_010, this::order)
                .at(50_020, this::go);
        Handover.Start start = new Handover.Start(Orders.HASH, Orders.JOB, NO_PATH, true);
        assertThat(new Handover(map, start, checks, time).await().plan().path()).contains(Orders.SAVEPOINT);
        assertThat(time.seconds()).isGreaterThanOrEqualTo(50_020);
    }

    @Test
    @DisplayName("A job with a checkpoint of its own goes on from it, whatever the ConfigMap has lost")
    void survivesALostConfigMap() throws Exception {
        String own = ownCheckpoint();
        Handover.Start start = new Handover.Start(Orders.HASH, Orders.JOB, NO_PATH, true);
        Handover.Departure onwards =
                new Handover.Departure(new StartPlan(Optional.of(own), false, Optional.empty()), Optional.empty());
        map.exists = false;
        assertThat(new Handover(map, start, checks, time).await()).isEqualTo(onwards);
        map.exists = true;
        order();
        assertThat(new Handover(map, start, checks, time).await()).isEqualTo(onwards);
        assertThat(map.writes).isZero();

        go();
        Handover.Departure departure = new Handover(map, start, checks, time).await();
        assertThat(departure.plan()).isEqualTo(onwards.plan());
        assertThat(departure.expectation()).isPresent();
        assertThat(document(HandoverKeys.RESULT, GoResult.class).outcome()).isEqualTo(GoResult.Outcome.Started);
        assertThat(List.of(checks.armed, checks.gone)).containsOnly(0);
        assertThat(time.seconds()).isZero();
    }

    private String ownCheckpoint() throws Exception {
        Files.createDirectory(folder.resolve("chk-8"));
        Files.createFile(folder.resolve("chk-8/_metadata"));
        String uri = folder.toUri().toString().replaceAll("/$", "");
        checks.checkpoints = Optional.of(new CheckpointFolder(uri));
        return uri + "/chk-8";
    }

    @Test
    @DisplayName("After a rollback the old job resumes only when the new one had completed nothing, or by consent")
    void comesBack() throws Exception {
        Optional<String> path = Optional.of("file:///savepoints/sp-9");
        map.data.put(HandoverKeys.ORDER, HandoverJson.write(Orders.back()));
        checks.newer = Optional.of("file:///checkpoints/chk-10");
        assertThatThrownBy(() -> await(path))
                .isInstanceOf(JobRefused.class)
                .hasMessageStartingWith("Start refused: Job " + Orders.OTHER_JOB
                        + ", which this one comes back from, completed file:///checkpoints/chk-10");
        GoResult result = document(HandoverKeys.RESULT, GoResult.class);
        assertThat(result.newerState()).isEqualTo("file:///checkpoints/chk-10");
        Acknowledgement consent = new Acknowledgement("RepeatedOutput", Orders.UPGRADE);
        assertThat(result.reasons().get(0))
                .extracting(Reason::code, Reason::acknowledge)
                .containsExactly("RepeatedOutput", consent);

        map.data.remove(HandoverKeys.RESULT);
        map.data.put(HandoverKeys.ORDER, HandoverJson.write(Orders.back(consent)));
        assertThat(await(path).plan()).isEqualTo(StartPlan.AS_CONFIGURED);

        map.data.remove(HandoverKeys.RESULT);
        map.data.put(HandoverKeys.ORDER, HandoverJson.write(Orders.back()));
        checks.newer = Optional.empty();
        checks.folderAway = true;
        time.at(60, () -> checks.folderAway = false);
        assertThat(await(path).plan()).isEqualTo(StartPlan.AS_CONFIGURED);
        assertThat(document(HandoverKeys.RESULT, GoResult.class).outcome()).isEqualTo(GoResult.Outcome.Started);
    }

    @Test
    void doesNotComeBackBlindly() {
        map.data.put(HandoverKeys.ORDER, HandoverJson.write(Orders.back()));
        checks.folderAway = true;
        assertThatThrownBy(() -> await(Optional.of("file:///savepoints/sp-9")))
                .isInstanceOf(JobRefused.class)
                .hasMessage("Handover s3://bucket/checkpoints: no answer; whether job " + Orders.OTHER_JOB
                        + " had completed a checkpoint must be known first");
    }

    @Test
    @DisplayName("A go that is taken back while it is being checked does not start the job")
    void goTakenBack() throws Exception {
        order();
        go();
        Checks slow = new FakeChecks() {
            @Override
            public Decision go(io.kafkaflink.model.handover.ArmOrder order, io.kafkaflink.model.handover.GoOrder go) {
                if (gone == 0) {
                    map.data.remove(HandoverKeys.GO);
                }
                return super.go(order, go);
            }
        };
        time.at(100, this::go);
        new Handover(map, new Handover.Start(Orders.HASH, Orders.JOB, NO_PATH, false), slow, time).await();
        assertThat(((FakeChecks) slow).gone).isEqualTo(2);
        assertThat(time.seconds()).isGreaterThanOrEqualTo(100);
        assertThat(Map.copyOf(map.data)).containsKey(HandoverKeys.RESULT);
    }
}
