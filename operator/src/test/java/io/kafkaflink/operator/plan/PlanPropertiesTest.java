package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.RejectedStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.plan.Action.ApplyFlinkDeployment;
import io.kafkaflink.operator.plan.Action.ApplyTopic;
import io.kafkaflink.operator.plan.Action.DeleteFlinkDeployment;
import io.kafkaflink.operator.plan.Action.StoreRevision;
import io.kafkaflink.operator.status.Notes;
import io.kafkaflink.operator.status.StatusReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds in every situation, likely or not. A failure prints its seed. */
class PlanPropertiesTest {
    private static final int SETTLED_PASSES = 4;
    private static final Set<String> REASONS = ReasonNames.all();
    private static final Set<String> OBJECTS = Set.of(
            "spec.", "KafkaTopic ", "FlinkDeployment ", "KafkaFlinkPipeline ", "ControllerRevision ", "the API server");

    @Property
    void thePlanIsAFunctionThatNeverThrows(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();

        Plan plan = PipelinePlanner.plan(situation);

        assertThat(plan).isEqualTo(PipelinePlanner.plan(situation));
        CleanupPlanner.plan(situation, situation.now().minusSeconds(300), Duration.ofMinutes(10));
    }

    @Property
    void aPlanWritesAtMostOneFlinkDeploymentAndNoneWithoutItsRevision(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();
        Plan plan = PipelinePlanner.plan(situation);

        assertThat(plan.actions().stream().filter(PlanPropertiesTest::writesJob).count())
                .isLessThanOrEqualTo(1);
        for (int i = 0; i < plan.actions().size(); i++) {
            if (plan.actions().get(i) instanceof ApplyFlinkDeployment apply) {
                String revision = apply.revision().name();
                assertThat(situation.seen().revisions().containsKey(revision)
                                || plan.actions().subList(0, i).stream()
                                        .anyMatch(before -> before instanceof Action.StoreRevision store
                                                && store.revision().name().equals(revision)))
                        .as("revision %s is stored", revision)
                        .isTrue();
                assertThat(plan.actions())
                        .noneMatch(action -> action instanceof Action.DeleteRevision delete
                                && delete.name().equals(revision));
            }
        }
    }

    @Property
    void aRevisionThatIsAppliedOrMountedIsNeverPutAway(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();
        Plan plan = PipelinePlanner.plan(situation);

        Set<String> gone = plan.actions().stream()
                .filter(Action.DeleteRevision.class::isInstance)
                .map(action -> ((Action.DeleteRevision) action).name())
                .collect(Collectors.toSet());
        for (FlinkJobState job : situation.seen().flinkJobs().values()) {
            assertThat(gone).doesNotContain(String.valueOf(job.revision()));
            situation.seen().revisions().values().stream()
                    .filter(revision -> job.lastReconciled()
                            .filter(last -> last.args().contains(revision.configHash()))
                            .isPresent())
                    .forEach(revision -> assertThat(gone).doesNotContain(revision.name()));
        }
    }

    @Property
    void aTopicNeverShrinksAndNeverChangesHands(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();

        for (Action action : PipelinePlanner.plan(situation).actions()) {
            if (action instanceof ApplyTopic apply) {
                situation.seen().topics().stream()
                        .filter(topic ->
                                topic.resourceName().equals(apply.topic().resourceName()))
                        .forEach(topic -> {
                            assertThat(apply.topic().partitions())
                                    .isGreaterThanOrEqualTo(Optional.ofNullable(topic.partitions())
                                            .orElse(0));
                            assertThat("default/p1".equals(topic.pipeline())
                                            || (topic.pipeline() == null && "default/p1".equals(topic.adoptBy())))
                                    .isTrue();
                        });
            }
        }
    }

    @Property
    void aJobThatRunsIsNeverDeletedButForAVerifiedOneOrByWayOfGoingBack(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();
        Plan plan = PipelinePlanner.plan(situation);

        for (Action action : plan.actions()) {
            if (action instanceof DeleteFlinkDeployment delete) {
                FlinkJobState job = situation.seen().flinkJob(delete.slot()).orElseThrow();
                assertThat(delete.expectedVersion()).isEqualTo(job.resourceVersion());
                assertThat(!job.running() || mayGo(plan.memory().upgrade(), delete.slot()))
                        .isTrue();
            }
        }
    }

    private static boolean mayGo(UpgradeStatus change, Slot slot) {
        String name = slot.deploymentName(Scene.ID);
        boolean back = Change.in(change, UpgradeStep.ABORT) || Change.in(change, UpgradeStep.ROLLBACK);
        return Change.isHandOver(change)
                && (back
                        ? name.equals(change.toDeployment())
                        : Change.in(change, UpgradeStep.SETTLE) && name.equals(change.fromDeployment()));
    }

    @Property
    void nothingStartsAfreshThatMayHaveRun(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();
        String lastJob = Deployed.lastJob(situation);

        for (Action action : PipelinePlanner.plan(situation).actions()) {
            if (action instanceof ApplyFlinkDeployment apply
                    && apply.expectedVersion() == null
                    && apply.mark().isEmpty()) {
                boolean empty = apply.request().initialSavepointPath() == null;
                boolean accepted = lastJob != null && situation.accepted(Risk.FreshStart, lastJob);
                boolean neverRan = lastJob == null
                        || situation
                                .change()
                                .filter(change -> Change.is(change, ChangeKind.Recreate) && change.savepoint() == null)
                                .isPresent();
                assertThat(empty && !neverRan && !accepted)
                        .as("%s from nothing, last job %s", apply.why(), lastJob)
                        .isFalse();
            }
        }
    }

    @Property
    void aResourceThatFlinkHasNotTouchedKeepsItsSavepoint(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();

        for (Action action : PipelinePlanner.plan(situation).actions()) {
            if (action instanceof ApplyFlinkDeployment apply && apply.expectedVersion() != null) {
                FlinkJobState job = situation.seen().flinkJob(apply.slot()).orElseThrow();
                boolean had =
                        job.spec().get("job") instanceof Map<?, ?> live && live.get("initialSavepointPath") != null;
                if (job.untouched() && had) {
                    assertThat(apply.request().initialSavepointPath()).isNotNull();
                }
            }
        }
    }

    @Property
    void nothingIsWrittenWhilePaused(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();
        if ("true".equals(situation.annotations().get("kafkaflink.io/pause-reconciliation"))) {
            assertThat(PipelinePlanner.plan(situation).actions()).isEmpty();
        }
    }

    @Property
    void everyRefusalHasAKnownReasonNamesWhatItIsAboutAndSaysWhatToDo(@ForAll long seed) {
        for (Refusal refusal :
                PipelinePlanner.plan(new RandomSituations(seed).next()).refusals()) {
            assertThat(REASONS).contains(refusal.reason());
            assertThat(OBJECTS).as(refusal.message()).anyMatch(refusal.message()::contains);
            assertThat(refusal.message()).as("what to do").matches(Words.SOMETHING_TO_DO);
        }
    }

    @Property
    void exactlyOneOfReadyReconcilingAndStalledIsTrue(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();
        Plan plan = PipelinePlanner.plan(situation);
        PipelineStatus status = StatusReport.of(situation, plan);

        Map<String, Condition> conditions =
                status.conditions().stream().collect(Collectors.toMap(Condition::type, condition -> condition));
        assertThat(Set.of("Ready", "Reconciling", "Stalled").stream()
                        .filter(type -> conditions.get(type).status() == Condition.Status.True))
                .hasSize(1);
        if (conditions.get("Ready").status() == Condition.Status.True) {
            assertThat(plan.actions()).allMatch(Action::tidiesOnly);
            assertThat(conditions.get("TopicsReady").status()).isEqualTo(Condition.Status.True);
            assertThat(conditions.get("Upgrading").status()).isEqualTo(Condition.Status.False);
            assertThat(conditions.get("JobRunning").status() == Condition.Status.True)
                    .isNotEqualTo(conditions.get("Suspended").status() == Condition.Status.True);
        }
        assertThat(status.conditions()).allSatisfy(condition -> {
            assertThat(REASONS).contains(condition.reason());
            assertThat(condition.message()).isNotBlank();
            assertThat(condition.observedGeneration()).isEqualTo(situation.generation());
        });
    }

    @Property
    void whatWasTakenBackIsNotTriedAgainByItself(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();
        Plan plan = PipelinePlanner.plan(situation);

        RejectedStatus rejected = plan.memory().rejected();
        UpgradeStatus begun = plan.memory().upgrade();
        boolean rebuilt = begun != null && tellsOf(situation, begun.id());
        boolean another = begun != null
                && !rebuilt
                && !ChangeKind.Suspend.name().equals(begun.kind())
                && situation
                        .change()
                        .filter(change -> change.id().equals(begun.id()))
                        .isEmpty();
        boolean applied = situation.seen().flinkJobs().values().stream()
                .anyMatch(job -> begun != null && String.valueOf(begun.to()).equals(job.revision()));
        boolean again = rejected != null
                && (!situation.spec().upgrade().retryNonce().equals(rejected.retryNonce())
                        || Requests.pending(situation)
                                .filter(Requests.Request::retries)
                                .isPresent());
        if (rejected != null && another && !applied && !again) {
            Stream.concat(
                            situation.seen().revisions().values().stream(),
                            plan.actions().stream()
                                    .filter(StoreRevision.class::isInstance)
                                    .map(action -> ((StoreRevision) action).revision()))
                    .filter(revision -> revision.name().equals(begun.to()))
                    .forEach(revision -> assertThat(revision.inputHash())
                            .as(begun.toString())
                            .isNotEqualTo(rejected.inputHash()));
        }
    }

    /** A change that status does not remember goes on as its FlinkDeployments and orders tell. */
    private static boolean tellsOf(Situation situation, String upgrade) {
        boolean marked = situation.seen().flinkJobs().values().stream()
                .flatMap(job -> job.mark().stream())
                .anyMatch(mark -> mark.upgradeId().equals(upgrade));
        return marked
                || Stream.of(Slot.values())
                        .flatMap(slot -> situation.seen().handover(slot).stream())
                        .anyMatch(said -> said.order() instanceof Reading.Found<ArmOrder> order
                                && order.document().upgradeId().equals(upgrade));
    }

    @Property
    void whatIsSaidOnceIsNotSaidAgain(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();
        PipelineStatus before = StatusReport.of(situation, PipelinePlanner.plan(situation));
        // A status that contradicts itself, as only such worlds have it, is put right piece by piece.
        for (int pass = 2; pass < SETTLED_PASSES; pass++) {
            Situation again = at(situation, before);
            before = StatusReport.of(again, PipelinePlanner.plan(again));
        }
        Situation later = at(situation, before);
        PipelineStatus last = StatusReport.of(later, PipelinePlanner.plan(later));

        assertThat(Notes.of(before, last)).isEmpty();
        assertThat(last).isEqualTo(before);
    }

    /** The world and the clock stand still, and status is what was written. */
    private static Situation at(Situation situation, PipelineStatus written) {
        return new Situation(
                situation.id(),
                situation.generation(),
                situation.createdAt(),
                situation.annotations(),
                situation.spec(),
                written,
                situation.seen(),
                situation.defaults(),
                situation.now());
    }

    private static boolean writesJob(Action action) {
        return action instanceof ApplyFlinkDeployment || action instanceof DeleteFlinkDeployment;
    }
}
