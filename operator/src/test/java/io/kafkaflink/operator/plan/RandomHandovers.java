package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.observe.HandoverState;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Handover ConfigMaps in which each key may hold anything that can be read, nothing, or nonsense. */
record RandomHandovers(Random random, List<Revision> revisions, List<String> jobIds) {

    HandoverState next() {
        return new HandoverState(
                "17",
                reading(this::order),
                reading(this::armed),
                reading(this::drained),
                reading(this::go),
                reading(this::result),
                reading(this::verified));
    }

    private <T extends HandoverDocument> Reading<T> reading(Supplier<T> document) {
        int dice = random.nextInt(10);
        return dice < 4
                ? new Reading.Absent<>()
                : dice < 5 ? new Reading.Unreadable<>("found null") : new Reading.Found<>(document.get());
    }

    private ArmOrder order() {
        Revision to = any(revisions);
        ArmOrder.From from = new ArmOrder.From(
                any(revisions).name(), any(List.of("p1-a", "p1-b")), "source-1", Map.of("main", "sink-main-1"), null);
        return new ArmOrder(
                null,
                any(List.of("20261124-115930", "20261124-110000")),
                random.nextInt(10) == 0 ? null : to.name(),
                to.configHash(),
                random.nextInt(4) == 0 ? null : from,
                List.of(),
                null,
                "420s",
                Map.of(),
                List.of(),
                null,
                random.nextInt(4) == 0);
    }

    private DrainReport drained() {
        return new DrainReport(null, any(List.of("20261124-115930", "20261124-110000")), any(jobIds), 6, 2, null);
    }

    private ArmVerdict armed() {
        return new ArmVerdict(
                null,
                any(jobIds),
                any(revisions).name(),
                any(List.of(ArmVerdict.Verdict.values())),
                reasons(),
                new ArmVerdict.Operators(
                        List.of(), any(List.of(List.of(), List.of("step-count"), List.of("source-1"))), List.of()),
                "2.2.1",
                null,
                random.nextBoolean() ? null : Scene.NOW);
    }

    private GoOrder go() {
        return new GoOrder(
                null, "20261124-115930", any(jobIds), "s3://b/sp", GoOrder.Offsets.Savepoint, List.of(), List.of());
    }

    private GoResult result() {
        return new GoResult(
                null,
                null,
                any(jobIds),
                any(List.of(GoResult.Outcome.values())),
                reasons(),
                null,
                0,
                null,
                null,
                random.nextInt(30),
                random.nextInt(5) == 0 ? "s3://b/chk-9" : null,
                random.nextBoolean() ? null : Scene.NOW);
    }

    private Verification verified() {
        return new Verification(
                null,
                null,
                any(jobIds),
                random.nextInt(3),
                2,
                1,
                any(List.of(Verification.Outcome.values())),
                reasons(),
                random.nextBoolean() ? null : Scene.NOW);
    }

    private List<Reason> reasons() {
        return random.nextBoolean() ? List.of() : List.of(Reason.of("TopicMissing", "no topic. Create it"));
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
