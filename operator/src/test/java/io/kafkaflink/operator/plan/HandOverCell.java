package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.HandoverState;
import io.kafkaflink.operator.observe.StopSavepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/**
 * One situation of a handover: the step that status names, and a class of what can be seen then.
 *
 * @param overdue the step has taken longer than any limit
 */
record HandOverCell(UpgradeStep step, Old old, New made, Wish wish, boolean overdue) {
    static final String SAVEPOINT = "s3://b/savepoint-16954e-0";
    private static final String DRAINING = "upgrade: {growth: DrainThenGrow, producerSettle: 60s}\n";
    private static final Set<UpgradeStep> AFTER_THE_GO =
            EnumSet.of(UpgradeStep.GO, UpgradeStep.VERIFY, UpgradeStep.SETTLE, UpgradeStep.ROLLBACK);

    /** The old job. */
    enum Old {
        RUNNING,
        STOPPING,
        SUSPENDED,
        SUSPENDED_UNPROVEN,
        FAILED,
        GONE
    }

    /** The new job. */
    enum New {
        ABSENT,
        COMING_UP,
        FIT,
        UNKNOWN,
        UNFIT,
        FAILED,
        DELETING,
        DRAINED,
        TOLD,
        STARTED,
        REFUSED,
        CHECKPOINTED,
        VERIFIED,
        UNVERIFIED;

        /** It was told to go, so that it can only be seen from step 3 Go on. */
        boolean told() {
            return compareTo(TOLD) >= 0;
        }

        /** It waits and has said what it thinks of that. */
        boolean armed() {
            return this == FIT || this == UNKNOWN || this == UNFIT || this == DRAINED;
        }
    }

    /** What the spec, or an annotation, asks for meanwhile. */
    enum Wish {
        THE_SAME(""),
        SUSPEND("suspend: true\n"),
        EDIT("eventTime: {maxOutOfOrderness: 11s}\n"),
        ROLLBACK("");

        private final String spec;

        Wish(String spec) {
            this.spec = spec;
        }
    }

    /** Whether it can be come to at all: status has the step before its writes are made. */
    boolean possible() {
        boolean drains = made == New.DRAINED;
        return (!made.told() || AFTER_THE_GO.contains(step)) && (!drains || step == UpgradeStep.DRAIN);
    }

    /**
     * What the planner is given.
     *
     * @param first the step before, of {@link #begun}
     */
    Scene scene(Scene first) {
        Stage stage = new Stage(copy(first));
        String jobId = newJob(stage);
        oldJob(stage);
        Scene scene = stage.scene;
        UpgradeStatus begun = scene.memory.upgrade();
        boolean go = AFTER_THE_GO.contains(step);
        UpgradeStatus there = Change.knowing(
                Change.at(begun, null, step, begun.startedAt()), go ? jobId : null, go ? SAVEPOINT : null, null);
        boolean back = step == UpgradeStep.ABORT || step == UpgradeStep.ROLLBACK;
        scene.memory = Scene.memory(
                scene.memory.deployed(), Change.saying(there, back ? Reasons.JOB_FAILED + ": it failed" : null), null);
        // Longer than producers have to learn of new partitions, shorter than every limit.
        scene.now = begun.startedAt().plus(overdue ? Duration.ofDays(2) : Duration.ofSeconds(61));
        scene.spec = Scene.spec(text(step, wish));
        if (wish == Wish.ROLLBACK) {
            scene.annotations.put("kafkaflink.io/request", "rollback/1");
        }
        return scene;
    }

    /** Step 1 of a changed setting, or of a growth where that has a step of its own. */
    static Scene begun(UpgradeStep step) {
        Scene scene = new Scene();
        if (step == UpgradeStep.DRAIN) {
            scene.spec = Scene.spec(Scene.SPEC + DRAINING);
        }
        scene.running();
        scene.spec = Scene.spec(text(step, Wish.THE_SAME));
        if (step == UpgradeStep.DRAIN) {
            scene.topics.set(0, Scene.topic("in").partitions(4).build());
        }
        new Stage(scene).settle();
        return scene;
    }

    private static Scene copy(Scene from) {
        Scene scene = new Scene();
        scene.spec = from.spec;
        scene.memory = from.memory;
        scene.topics = new ArrayList<>(from.topics);
        scene.jobs = new HashMap<>(from.jobs);
        scene.revisions = new HashMap<>(from.revisions);
        scene.checkpoints = new HashMap<>(from.checkpoints);
        scene.handovers = new HashMap<>(from.handovers);
        scene.now = from.now;
        return scene;
    }

    private static String text(UpgradeStep step, Wish asked) {
        String grown = step == UpgradeStep.DRAIN
                ? Scene.SPEC.replace("name: in, partitions: 2", "name: in, partitions: 4") + DRAINING
                : Scene.SPEC;
        boolean other = asked != Wish.EDIT && step != UpgradeStep.DRAIN;
        return grown + (other ? "eventTime: {maxOutOfOrderness: 9s}\n" : "") + asked.spec;
    }

    private void oldJob(Stage stage) {
        Scene scene = stage.scene;
        Revision revision = scene.deployed();
        boolean stopped = old == Old.SUSPENDED || old == Old.SUSPENDED_UNPROVEN;
        Scene.Jobs job = Scene.job(revision);
        scene.jobs.put(
                Slot.A,
                switch (old) {
                    case RUNNING, GONE -> job.build();
                    case STOPPING ->
                        job.request(JobRequest.suspended())
                                .reconciledState("running")
                                .version("4712", 4, 3L)
                                .build();
                    case SUSPENDED, SUSPENDED_UNPROVEN ->
                        job.request(JobRequest.suspended())
                                .state("FINISHED")
                                .lifecycle("SUSPENDED")
                                .savepoint(SAVEPOINT)
                                .build();
                    case FAILED -> job.state("FAILED").build();
                });
        if (stopped) {
            scene.checkpoints.remove(Scene.JOB_ID);
        }
        if (old == Old.SUSPENDED) {
            scene.savepoints.add(new StopSavepoint("p1-a", SAVEPOINT, scene.now));
        }
        if (old == Old.GONE) {
            scene.jobs.remove(Slot.A);
        }
    }

    /** Its job id, also when it is not there any more. */
    private String newJob(Stage stage) {
        stage.up(Slot.B);
        String jobId = stage.job(Slot.B).jobId();
        Revision revision = stage.scene.revisions.get(stage.job(Slot.B).revision());
        if (made.armed() || made.told() || made == New.DELETING) {
            stage.armed(
                    Slot.B,
                    made == New.UNKNOWN ? Verdict.Unknown : made == New.UNFIT ? Verdict.Unfit : Verdict.Fit,
                    Reason.of("TopicMissing", "no topic"));
        }
        switch (made) {
            case ABSENT -> {
                stage.scene.jobs.remove(Slot.B);
                stage.scene.handovers.remove(Slot.B);
            }
            case FAILED -> stage.state(Slot.B, "FAILED");
            case DELETING ->
                stage.show(
                        Slot.B,
                        Scene.job(revision)
                                .state("RECONCILING")
                                .jobId(jobId)
                                .savepoint(null)
                                .deleting());
            case DRAINED -> stage.drained(Slot.B);
            case REFUSED -> stage.result(Slot.B, GoResult.Outcome.Refused, Reason.of("RecordsExpired", "too old"));
            case STARTED, CHECKPOINTED, VERIFIED, UNVERIFIED -> started(stage, jobId);
            case COMING_UP, FIT, UNKNOWN, UNFIT, TOLD -> {
                // All is there.
            }
        }
        if (made.told()) {
            told(stage, jobId);
        }
        return jobId;
    }

    private void started(Stage stage, String jobId) {
        stage.running(Slot.B, true).result(Slot.B, GoResult.Outcome.Started);
        if (made != New.STARTED) {
            stage.scene.checkpoints.put(jobId, 8L);
        }
        if (made == New.VERIFIED) {
            stage.verified(Slot.B, 8, Verification.Outcome.Verified);
        } else if (made == New.UNVERIFIED) {
            stage.verified(Slot.B, 8, Verification.Outcome.Failed, Reason.of("PartitionsMissing", "one"));
        }
    }

    private static void told(Stage stage, String jobId) {
        HandoverState said = stage.scene.handovers.get(Slot.B);
        GoOrder go = new GoOrder(
                null,
                stage.scene.memory.upgrade().id(),
                jobId,
                SAVEPOINT,
                GoOrder.Offsets.Savepoint,
                List.of(),
                List.of());
        stage.scene.handovers.put(
                Slot.B,
                new HandoverState(
                        said.resourceVersion(),
                        said.order(),
                        said.armed(),
                        said.drained(),
                        new Reading.Found<>(go),
                        said.result(),
                        said.verified()));
    }
}
