package io.kafkaflink.model.handover;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One document of each kind with every member set: an upgrade of pipeline {@code clicks} from slot a to slot b. */
final class Documents {
    static final Instant AT = Instant.parse("2026-11-24T09:30:00.250Z");
    static final String JOB = "00112233445566778899aabbccddeeff";
    static final String UPGRADE = "clicks-7f3a91c2";
    static final Acknowledgement EXPIRED = new Acknowledgement("RecordsExpired", "clicks 2 5f1d0c3e");

    static final ArmOrder ORDER = new ArmOrder(
            1,
            UPGRADE,
            "clicks-0a1b2c3d",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            new ArmOrder.From(
                    "clicks-99aabbcc",
                    "clicks-a",
                    "source-1",
                    Map.of("main", "sink-main-1"),
                    "s3://bucket/shop/clicks/checkpoints/ffeeddccbbaa99887766554433221100"),
            List.of("source-1", "sink-main-1", "Sink Committer: sink-main-1"),
            "s3://bucket/shop/clicks/savepoints/savepoint-ffeedd-0123456789ab",
            "5m",
            Map.of("clicks", 4, "countries", 1),
            List.of(EXPIRED),
            new ArmOrder.Abandoned(
                    "clicks-5e0d11aa",
                    "8899aabbccddeeff0011223344556677",
                    "s3://bucket/shop/clicks/checkpoints/8899aabbccddeeff0011223344556677",
                    "s3://bucket/shop/clicks/savepoints"),
            true);

    static final ArmVerdict ARMED = new ArmVerdict(
            1,
            JOB,
            "clicks-0a1b2c3d",
            ArmVerdict.Verdict.Unknown,
            List.of(Reason.of(
                    "TransactionTimeoutUnknown",
                    "transaction.max.timeout.ms of the broker cannot be read (no right DescribeConfigs on the cluster);"
                            + " make sure that it is at least 15m")),
            new ArmVerdict.Operators(
                    List.of("step-views"),
                    List.of("source-1", "sink-main-1", "Sink Committer: sink-main-1"),
                    List.of("source-2", "sink-main-2", "Sink Committer: sink-main-2")),
            "2.2.1",
            "5.0.0-2.2",
            AT);

    static final DrainReport DRAINED = new DrainReport(1, UPGRADE, JOB, 217, 2, AT);

    static final GoOrder GO = new GoOrder(
            1,
            UPGRADE,
            JOB,
            "s3://bucket/shop/clicks/savepoints/savepoint-ffeedd-ba9876543210",
            GoOrder.Offsets.Savepoint,
            List.of("source-1", "sink-main-1", "Sink Committer: sink-main-1"),
            List.of(EXPIRED));

    static final GoResult RESULT = new GoResult(
            1,
            UPGRADE,
            JOB,
            GoResult.Outcome.Refused,
            List.of(new Reason(
                    "RecordsExpired",
                    "Topic clicks: 2 of 4 partitions begin after the savepoint's offset, partition 0 at 1800 instead of"
                            + " 1500; these records are lost. Raise retention.ms, or accept the loss",
                    EXPIRED)),
            new GoResult.Offsets(
                    4,
                    4,
                    1,
                    "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                    List.of(
                            new GoResult.Deviation("clicks", 0, 1500, 1473L),
                            new GoResult.Deviation("clicks", 3, -2, null))),
            0,
            "s3://bucket/shop/clicks/savepoints/savepoint-ffeedd-ba9876543210",
            "source-1",
            218,
            "s3://bucket/shop/clicks/checkpoints/8899aabbccddeeff0011223344556677/chk-219",
            AT);

    static final Verification VERIFIED =
            new Verification(1, UPGRADE, JOB, 219, 4, 1, Verification.Outcome.Verified, List.of(), AT);

    private Documents() {}
}
