package io.kafkaflink.rehearsal.upgrade;

import static io.kafkaflink.rehearsal.upgrade.SpecEdit.acknowledge;
import static io.kafkaflink.rehearsal.upgrade.SpecEdit.all;
import static io.kafkaflink.rehearsal.upgrade.SpecEdit.deadlines;
import static io.kafkaflink.rehearsal.upgrade.SpecEdit.flinkOption;
import static io.kafkaflink.rehearsal.upgrade.SpecEdit.suspend;
import static io.kafkaflink.rehearsal.upgrade.SpecEdit.uidChangeNonce;
import static io.kafkaflink.rehearsal.upgrade.SpecEdit.upgrade;
import static io.kafkaflink.rehearsal.upgrade.SpecEdit.versions;
import static io.kafkaflink.rehearsal.upgrade.Steps.awaitReady;
import static io.kafkaflink.rehearsal.upgrade.Steps.awaitReason;
import static io.kafkaflink.rehearsal.upgrade.Steps.awaitRolledBack;
import static io.kafkaflink.rehearsal.upgrade.Steps.awaitStep;
import static io.kafkaflink.rehearsal.upgrade.Steps.awaitSuspended;
import static io.kafkaflink.rehearsal.upgrade.Steps.edit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.stage.JobVersions;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All scenarios, in the order of the table. */
final class Catalogue {
    static final String UID_CHANGE = "uid change by nonce";
    /** The scenario in which the operator dies at every single write. */
    static final String EVERY_WRITE = "connector-new-uids";

    private static final String NONCE = "uid-change";
    /** One of each Flink line that most scenarios run on: what their plays write down lets others start quickly. */
    static final Set<String> RECORDED = Set.of(EVERY_WRITE, NONCE);

    private static final JobVersions FLINK_2_2 = new JobVersions("2.2", "5.0.0");
    private static final JobVersions FLINK_2_1 = new JobVersions("2.1", "5.0.0");
    private static final JobVersions CONNECTOR_3_4 = new JobVersions("1.20", "3.4.0");
    private static final JobVersions CONNECTOR_3_3 = new JobVersions("1.20", "3.3.0");
    private static final String SETTING = "execution.buffer-timeout.interval";
    private static final int GROWN = 6;
    /** Twice as many as at first, so that a key either stays or moves to a new partition. */
    private static final int DOUBLED = 4;

    private Catalogue() {}

    static List<UpgradeScenario> scenarios() {
        return Stream.of(
                        changes(),
                        growth(),
                        versionChanges(),
                        armedInVain(),
                        startedInVain(),
                        circumstances(),
                        elsewhere())
                .flatMap(List::stream)
                .toList();
    }

    private static List<UpgradeScenario> changes() {
        return List.of(
                UpgradeScenario.of(
                        "config-change",
                        "changed setting, uids kept",
                        FLINK_2_2,
                        edit(SETTING, flinkOption(SETTING, "50 ms")),
                        awaitReady()),
                UpgradeScenario.of(
                        "subscription", "one more input topic", FLINK_2_2, Steps.moreInput("more"), awaitReady()),
                UpgradeScenario.of(
                        "suspend-resume",
                        "suspend and resume",
                        FLINK_2_2,
                        edit("suspend", suspend(true)),
                        awaitSuspended(),
                        edit("resume", suspend(false)),
                        awaitReady()),
                UpgradeScenario.of(
                        NONCE, UID_CHANGE, FLINK_2_2, edit("uidChangeNonce 1", uidChangeNonce(1)), awaitReady()));
    }

    private static List<UpgradeScenario> growth() {
        return List.of(
                UpgradeScenario.of("growth", "growth 4->6 in place", FLINK_2_2, Steps.grow(GROWN), awaitReady()),
                UpgradeScenario.of(
                                "growth-drained",
                                "growth 2->4, keys move, in order",
                                FLINK_2_2,
                                Steps.growInOrder(DOUBLED),
                                awaitStep("Drain"),
                                awaitReady())
                        .byKey(DOUBLED / 2),
                UpgradeScenario.of(
                                "growth-behind",
                                "the same, the job falls behind",
                                FLINK_2_2,
                                Steps.growInOrder(DOUBLED),
                                awaitStep("Drain"),
                                Disturbances.killTaskManagers(),
                                awaitReady())
                        .byKey(DOUBLED / 2),
                UpgradeScenario.of(
                                "growth-unordered",
                                "growth 2->4 in place, order not kept",
                                FLINK_2_2,
                                edit("suspend", suspend(true)),
                                awaitSuspended(),
                                Disturbances.backlog(),
                                Steps.grow(DOUBLED),
                                Disturbances.awaitPartitions(DOUBLED),
                                edit("resume", suspend(false)),
                                awaitReady())
                        .byKey(DOUBLED / 2)
                        .unordered());
    }

    private static List<UpgradeScenario> versionChanges() {
        return List.of(
                UpgradeScenario.of(
                                "connector-kept-uids",
                                "connector 3.3.0->3.4.0, uids kept",
                                CONNECTOR_3_3,
                                edit("connector 3.4.0", versions(CONNECTOR_3_4)),
                                awaitReady())
                        .also(CONNECTOR_3_4),
                UpgradeScenario.of(
                                EVERY_WRITE,
                                "connector 3.3.0->3.4.0, new uids",
                                CONNECTOR_3_3,
                                edit(
                                        "connector 3.4.0, NewUids",
                                        all(versions(CONNECTOR_3_4), upgrade("uidPolicy", "NewUids"))),
                                awaitReady())
                        .also(CONNECTOR_3_4),
                UpgradeScenario.of(
                                "flink",
                                "Flink 2.1->2.2",
                                FLINK_2_1,
                                edit("Flink 2.2", versions(FLINK_2_2)),
                                awaitReady())
                        .also(FLINK_2_2),
                UpgradeScenario.of(
                                "combined",
                                "1.20/3.4.0->2.2/5.0.0 at once",
                                CONNECTOR_3_4,
                                edit("Flink 2.2, connector 5.0.0", combined()),
                                awaitReady())
                        .also(FLINK_2_2),
                UpgradeScenario.of(
                                "combined-new-uids",
                                "the same with new uids",
                                CONNECTOR_3_4,
                                edit(
                                        "Flink 2.2, connector 5.0.0, NewUids",
                                        all(combined(), upgrade("uidPolicy", "NewUids"))),
                                awaitReady())
                        .also(FLINK_2_2));
    }

    /** For so long a job does not run once it has failed. */
    private static Consumer<ObjectNode> slowRestarts() {
        return all(
                flinkOption("restart-strategy.type", "exponential-delay"),
                flinkOption("restart-strategy.exponential-delay.initial-backoff", "30 s"));
    }

    private static Consumer<ObjectNode> combined() {
        return all(
                versions(FLINK_2_2),
                upgrade("versionPolicy", "CombinedWithHandover"),
                acknowledge("CombinedUpgrade", CONNECTOR_3_4 + "->" + FLINK_2_2));
    }

    /** The old job does not notice. */
    private static List<UpgradeScenario> armedInVain() {
        return List.of(
                rolledBack(
                        "bad-image",
                        "image that nobody has",
                        edit("image", all(deadlines("20s", "5m"), SpecEdit.image("kafkaflink-job:missing")))),
                rolledBack(
                        "throwing-main",
                        "main() throws",
                        edit("image", all(deadlines("30s", "5m"), SpecEdit.image(ThrowingJob.IMAGE)))),
                rolledBack(
                        "unfit",
                        "unfit: transactions too long",
                        edit("transactionTimeout 30m", SpecEdit.transactionTimeout("30m"))),
                rolledBack(
                        "commits-forbidden",
                        "unfit: may not commit",
                        Disturbances.forbidCommits(),
                        edit("uidChangeNonce 1", uidChangeNonce(1)),
                        awaitReason("RolledBack"),
                        Disturbances.expectRejection("GroupDenied")));
    }

    /** The old job goes on where it stopped. */
    private static List<UpgradeScenario> startedInVain() {
        return List.of(
                rolledBack(
                        "refused-go",
                        "go refused: foreign commits",
                        Disturbances.foreignCommits(),
                        edit("uidChangeNonce 1", uidChangeNonce(1))),
                rolledBack(
                        "crash-loop",
                        "crash loop after the go",
                        edit("n is Boolean", all(deadlines("5m", "25s"), SpecEdit.typeOfNumber("Boolean")))),
                rolledBack(
                        "no-checkpoint",
                        "no checkpoint after the go",
                        edit("checkpointInterval 10m", all(deadlines("5m", "15s"), SpecEdit.rareCheckpoints()))),
                rolledBack(
                        "open-transaction",
                        "go refused: open transaction",
                        Disturbances.openTransaction(),
                        edit("uidChangeNonce 1", uidChangeNonce(1))));
    }

    private static UpgradeScenario rolledBack(String name, String title, Step... steps) {
        List<Step> all =
                Stream.concat(Stream.of(steps), Stream.of(awaitRolledBack())).toList();
        return UpgradeScenario.of(name, title, FLINK_2_2, all.toArray(new Step[0]))
                .ending(UpgradeScenario.Ending.ROLLED_BACK);
    }

    private static List<UpgradeScenario> circumstances() {
        return List.of(
                UpgradeScenario.of(
                                "quiet-partitions",
                                "uid change, quiet partitions",
                                FLINK_2_2,
                                edit("uidChangeNonce 1", uidChangeNonce(1)),
                                awaitReady())
                        .onlyInto(partition -> partition == 0),
                UpgradeScenario.of(
                        "grown-while-stopped",
                        "partitions added while stopped",
                        FLINK_2_2,
                        edit("suspend", suspend(true)),
                        awaitSuspended(),
                        Steps.grow(GROWN),
                        Disturbances.awaitPartitions(GROWN),
                        edit("resume", suspend(false)),
                        awaitReady()),
                UpgradeScenario.of(
                        "expired-records",
                        "records expired while stopped",
                        FLINK_2_2,
                        edit("suspend", suspend(true)),
                        awaitSuspended(),
                        Disturbances.expire(1),
                        edit("resume, " + SETTING, all(suspend(false), flinkOption(SETTING, "50 ms"))),
                        awaitReason("RolledBack"),
                        Disturbances.acknowledgeAndRetry(),
                        awaitReady()),
                UpgradeScenario.of(
                        "job-not-running",
                        "repaired in place while it restarts",
                        FLINK_2_2,
                        edit("restarts take 30 s", slowRestarts()),
                        awaitReady(),
                        Disturbances.killTaskManagers(),
                        Disturbances.awaitJob("RESTARTING"),
                        edit(SETTING, flinkOption(SETTING, "50 ms")),
                        awaitStep("Start"),
                        Disturbances.expectKind("Repair"),
                        awaitReady()));
    }

    private static List<UpgradeScenario> elsewhere() {
        return List.of(UpgradeScenario.of(
                "moved",
                "moved to another cluster",
                FLINK_2_2,
                edit("uidChangeNonce 1", uidChangeNonce(1)),
                awaitReady(),
                edit("suspend", suspend(true)),
                awaitSuspended(),
                Removal.toAnotherCluster(),
                awaitReady()));
    }
}
