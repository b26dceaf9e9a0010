package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.desired.UpgradeMark;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.HandoverState;
import io.kafkaflink.operator.observe.StopSavepoint;
import io.kafkaflink.operator.status.StatusReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scene that plays on: what is planned is done, and a test says what FKO and the jobs do. It refuses what the API server
 * would refuse: to create what exists, and to write over what has changed.
 */
final class Stage {
    final Scene scene;
    /** Every write so far, as {@code Apply B} or {@code Go B}. */
    final List<String> writes = new ArrayList<>();

    private final Map<Slot, Revision> applied = new EnumMap<>(Slot.class);
    private final Map<Slot, JobRequest> requests = new EnumMap<>(Slot.class);
    private final Map<Slot, Optional<UpgradeMark>> marks = new EnumMap<>(Slot.class);
    private int version = 100;
    private int jobs;

    Stage(Scene scene) {
        this.scene = scene;
        scene.jobs.forEach((slot, job) -> {
            applied.put(slot, scene.revisions.get(job.revision()));
            JobRequest request = "suspended".equals(job.desiredState()) ? JobRequest.suspended() : JobRequest.running();
            boolean savepoint = FlinkDeployments.savepointOnDeletion(job.spec());
            requests.put(slot, savepoint ? request : request.withoutSavepointOnDeletion());
            marks.put(slot, job.mark());
        });
    }

    /** The deployed pipeline of the scene, its job running, and another spec. */
    static Stage changed() {
        Scene scene = new Scene().running();
        scene.spec = Scene.spec(Scene.SPEC + "eventTime: {maxOutOfOrderness: 9s}");
        return new Stage(scene);
    }

    /** One pass of the operator: plan, status, writes. */
    Plan pass() {
        Plan plan = scene.plan();
        scene.memory = StatusReport.of(scene.situation(), plan);
        plan.actions().forEach(this::carryOut);
        scene.now = scene.now.plusSeconds(1);
        return plan;
    }

    /** Passes until nothing is written any more; a pass that forgets its status changes nothing. */
    Plan settle() {
        for (int pass = 0; pass < 12; pass++) {
            Plan plan = pass();
            if (plan.actions().isEmpty() && plan.recheckAfter().compareTo(PipelinePlanner.MOVED) > 0) {
                return plan;
            }
        }
        throw new AssertionError("no end of writes: " + writes);
    }

    Stage later(Duration time) {
        scene.now = scene.now.plus(time);
        return this;
    }

    /** Somebody deletes the status. */
    Stage forget() {
        scene.memory = PipelineStatus.EMPTY;
        return this;
    }

    private void carryOut(Action action) {
        writes.add(word(action));
        if (action instanceof Action.StoreRevision store) {
            scene.revisions.putIfAbsent(store.revision().name(), store.revision());
        } else if (action instanceof Action.DeleteRevision delete) {
            scene.revisions.remove(delete.name());
        } else if (action instanceof Action.WriteHandover write) {
            handover(write);
        } else if (action instanceof Action.DeleteHandover delete) {
            scene.handovers.remove(delete.slot());
        } else if (action instanceof Action.ApplyFlinkDeployment apply) {
            deployment(apply);
        } else if (action instanceof Action.DeleteFlinkDeployment delete) {
            Slot slot = delete.slot();
            assertThat(delete.expectedVersion()).isEqualTo(job(slot).resourceVersion());
            scene.jobs.put(slot, with(slot, Scene.job(applied.get(slot)).deleting(), job(slot)));
        }
    }

    static String word(Action action) {
        if (action instanceof Action.WriteHandover write) {
            return (write.go().isPresent() ? "Go " : write.order().abandoned() != null ? "Look " : "Order ")
                    + write.slot();
        }
        if (action instanceof Action.ApplyFlinkDeployment apply) {
            return apply.expectedVersion() == null
                    ? "Create " + apply.slot()
                    : (apply.request().state() == JobRequest.State.SUSPENDED ? "Suspend " : "Run ") + apply.slot();
        }
        if (action instanceof Action.DeleteFlinkDeployment delete) {
            return "Delete " + delete.slot();
        }
        return action instanceof Action.DeleteHandover delete
                ? "Forget " + delete.slot()
                : action.getClass().getSimpleName();
    }

    private void handover(Action.WriteHandover write) {
        HandoverState before = scene.handovers.get(write.slot());
        assertThat(write.expectedVersion()).isEqualTo(before == null ? null : before.resourceVersion());
        scene.handovers.put(
                write.slot(),
                new HandoverState(
                        next(),
                        new Reading.Found<>(write.order()),
                        before == null ? new Reading.Absent<>() : before.armed(),
                        before == null ? new Reading.Absent<>() : before.drained(),
                        write.go().<Reading<GoOrder>>map(Reading.Found::new).orElseGet(Reading.Absent::new),
                        before == null ? new Reading.Absent<>() : before.result(),
                        before == null ? new Reading.Absent<>() : before.verified()));
    }

    private void deployment(Action.ApplyFlinkDeployment apply) {
        Slot slot = apply.slot();
        FlinkJobState before = scene.jobs.get(slot);
        assertThat(apply.expectedVersion()).isEqualTo(before == null ? null : before.resourceVersion());
        assertThat(scene.revisions).containsKey(apply.revision().name());
        applied.put(slot, apply.revision());
        requests.put(slot, apply.request());
        marks.put(slot, apply.mark());
        Scene.Jobs next = Scene.job(apply.revision()).in(slot).request(apply.request());
        scene.jobs.put(
                slot,
                before == null
                        ? next.mark(mark(slot))
                                .version(next(), 1, null)
                                .state(null)
                                .jobManager("MISSING")
                                .lifecycle("CREATED")
                                .jobId(null)
                                .build()
                        : with(slot, next, before, before.observedGeneration()));
    }

    /** The same FKO status under other fields of ours. */
    private FlinkJobState with(Slot slot, Scene.Jobs next, FlinkJobState before) {
        return with(slot, next.request(requests.get(slot)), before, before.observedGeneration());
    }

    private FlinkJobState with(Slot slot, Scene.Jobs next, FlinkJobState before, Long observed) {
        return next.in(slot)
                .mark(mark(slot))
                .version(next(), before.generation() + 1, observed)
                .state(before.job())
                .jobManager(before.jobManager())
                .lifecycle(before.lifecycle())
                .jobId(before.jobId())
                .savepoint(before.upgradeSavepointPath())
                .reconciledState(before.lastReconciled()
                        .map(FlinkJobState.LastReconciled::state)
                        .orElse(null))
                .build();
    }

    private String next() {
        return String.valueOf(++version);
    }

    FlinkJobState job(Slot slot) {
        return scene.jobs.get(slot);
    }

    /** FKO has deployed a job that waits for its order. */
    Stage up(Slot slot) {
        return show(slot, fresh(slot).state("RECONCILING").lifecycle("DEPLOYED").jobId(newJobId()));
    }

    /** FKO says that the job in a slot runs, under the id it has, or under a new one. */
    Stage running(Slot slot, boolean sameJob) {
        return show(slot, fresh(slot).jobId(sameJob ? job(slot).jobId() : newJobId()));
    }

    Stage state(Slot slot, String state) {
        return show(
                slot,
                fresh(slot).state(state).lifecycle("DEPLOYED").jobId(job(slot).jobId()));
    }

    /** FKO has stopped the job with a savepoint and says so in a snapshot. */
    Stage stopped(Slot slot) {
        String path = "s3://b/savepoint-" + job(slot).jobId().substring(0, 6) + "-" + scene.savepoints.size();
        scene.savepoints = new ArrayList<>(scene.savepoints);
        scene.savepoints.add(new StopSavepoint(slot.deploymentName(Scene.ID), path, scene.now));
        return stopped(slot, path);
    }

    Stage stopped(Slot slot, String path) {
        return show(
                slot,
                fresh(slot)
                        .state("FINISHED")
                        .lifecycle("SUSPENDED")
                        .savepoint(path)
                        .jobId(job(slot).jobId()));
    }

    Stage gone(Slot slot) {
        assertThat(job(slot).deleting()).as("deletion of slot " + slot).isTrue();
        scene.jobs.remove(slot);
        return this;
    }

    private Scene.Jobs fresh(Slot slot) {
        FlinkJobState now = job(slot);
        return Scene.job(applied.get(slot))
                .request(requests.get(slot))
                .version(next(), now.generation(), now.generation())
                .savepoint(now.upgradeSavepointPath());
    }

    Stage show(Slot slot, Scene.Jobs job) {
        scene.jobs.put(slot, job.in(slot).mark(mark(slot)).build());
        return this;
    }

    private Optional<UpgradeMark> mark(Slot slot) {
        return marks.getOrDefault(slot, Optional.empty());
    }

    private String newJobId() {
        return String.format("%032x", 0xabc000 + ++jobs);
    }

    /** The handover ConfigMap of a job that was begun before this stage. */
    Stage heard(Slot slot) {
        return say(
                slot,
                new HandoverState(
                        next(),
                        new Reading.Absent<>(),
                        new Reading.Absent<>(),
                        new Reading.Absent<>(),
                        new Reading.Absent<>(),
                        new Reading.Absent<>(),
                        new Reading.Absent<>()));
    }

    Stage armed(Slot slot, Verdict verdict, Reason... reasons) {
        return armed(slot, verdict, List.of(), reasons);
    }

    Stage armed(Slot slot, Verdict verdict, List<String> dropped, Reason... reasons) {
        ArmVerdict said = new ArmVerdict(
                null,
                job(slot).jobId(),
                job(slot).revision(),
                verdict,
                List.of(reasons),
                new ArmVerdict.Operators(List.of(), dropped, List.of()),
                "2.2.1",
                "5.0.0-2.2",
                scene.now);
        HandoverState old = scene.handovers.get(slot);
        return say(
                slot,
                new HandoverState(
                        next(), old.order(), found(said), old.drained(), old.go(), old.result(), old.verified()));
    }

    /** The new job has seen that the old one has read on. */
    Stage drained(Slot slot) {
        return drained(slot, scene.memory.upgrade().id(), job(slot).jobId());
    }

    Stage drained(Slot slot, String upgradeId, String jobId) {
        DrainReport said = new DrainReport(null, upgradeId, jobId, 6, 2, scene.now);
        HandoverState old = scene.handovers.get(slot);
        return say(
                slot,
                new HandoverState(
                        next(), old.order(), old.armed(), found(said), old.go(), old.result(), old.verified()));
    }

    Stage result(Slot slot, GoResult.Outcome outcome, Reason... reasons) {
        return result(slot, outcome, null, reasons);
    }

    Stage result(Slot slot, GoResult.Outcome outcome, String newerState, Reason... reasons) {
        GoResult said = new GoResult(
                null,
                null,
                job(slot).jobId(),
                outcome,
                List.of(reasons),
                new GoResult.Offsets(2, 2, 1, null, List.of()),
                0,
                null,
                null,
                7,
                newerState,
                scene.now);
        HandoverState old = scene.handovers.get(slot);
        return say(
                slot,
                new HandoverState(
                        next(), old.order(), old.armed(), old.drained(), old.go(), found(said), old.verified()));
    }

    Stage verified(Slot slot, long checkpoint, Verification.Outcome outcome, Reason... reasons) {
        Verification said =
                new Verification(null, null, job(slot).jobId(), checkpoint, 2, 1, outcome, List.of(reasons), scene.now);
        HandoverState old = scene.handovers.get(slot);
        return say(
                slot,
                new HandoverState(
                        next(), old.order(), old.armed(), old.drained(), old.go(), old.result(), found(said)));
    }

    private Stage say(Slot slot, HandoverState said) {
        scene.handovers = new HashMap<>(scene.handovers);
        scene.handovers.put(slot, said);
        return this;
    }

    private static <T extends HandoverDocument> Reading<T> found(T document) {
        return new Reading.Found<>(document);
    }

    ArmOrder order(Slot slot) {
        return ((Reading.Found<ArmOrder>) scene.handovers.get(slot).order()).document();
    }

    Optional<GoOrder> go(Slot slot) {
        return scene.handovers.get(slot).go() instanceof Reading.Found<GoOrder> found
                ? Optional.of(found.document())
                : Optional.empty();
    }
}
