package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.plan.Action.ApplyFlinkDeployment;
import io.kafkaflink.operator.plan.Action.WriteHandover;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of every handover in every situation, likely or not. A failure prints its seed. */
class HandOverPropertiesTest {

    @Property
    void aGoNamesTheJobThatWaitsAndASavepointThatIsProven(@ForAll long seed) {
        Situation situation = LostUpgrade.found(new RandomSituations(seed).next());
        Plan plan = PipelinePlanner.plan(situation);
        Optional<String> before = situation.change().map(UpgradeStatus::step);

        goes(plan).forEach(write -> {
            GoOrder go = write.go().orElseThrow();
            UpgradeStatus change = plan.memory().upgrade();
            assertThat(change.step()).isEqualTo("Go");
            assertThat(go.jobId()).isEqualTo(change.jobId());
            assertThat(go.savepoint()).isEqualTo(change.savepoint());
            assertThat(situation.seen().flinkJob(write.slot()).map(FlinkJobState::jobId))
                    .contains(go.jobId());
            boolean given = Change.is(change, ChangeKind.Rollback) || Change.is(change, ChangeKind.Recreate);
            if (!given && change.fromDeployment() != null && !before.equals(Optional.of("Go"))) {
                assertThat(SavepointLedger.proven(situation, go.savepoint())).isTrue();
            }
        });
    }

    @Property
    void onlyAJobThatNobodyRanBeforeStartsWithoutState(@ForAll long seed) {
        Situation situation = LostUpgrade.found(new RandomSituations(seed).next());
        Plan plan = PipelinePlanner.plan(situation);
        UpgradeStatus change = plan.memory().upgrade();
        boolean begun = Change.isHandOver(change)
                && change.fromDeployment() == null
                && situation
                        .change()
                        .filter(before -> before.id().equals(change.id()))
                        .isEmpty()
                && situation.change().filter(Change::isHandOver).isEmpty();
        if (begun && !Change.is(change, ChangeKind.Recreate)) {
            String last = Deployed.lastJob(situation);
            assertThat(last == null || situation.accepted(Risk.FreshStart, last))
                    .isTrue();
        }
        goes(plan).forEach(write -> assertThat(write.go().orElseThrow().savepoint() == null)
                .isEqualTo(change.fromDeployment() == null && change.savepoint() == null));
    }

    @Property
    void twoJobsAreNeverToldToRun(@ForAll long seed) {
        Situation situation = LostUpgrade.found(new RandomSituations(seed).next());
        Plan plan = PipelinePlanner.plan(situation);
        UpgradeStatus change = plan.memory().upgrade();
        if (!Change.isHandOver(change) || change.fromDeployment() == null) {
            return;
        }
        Slot old = Slot.of(Scene.ID, change.fromDeployment()).orElseThrow();
        if (goes(plan).findAny().isPresent() && !Change.in(situation.change().orElse(null), UpgradeStep.GO)) {
            assertThat(situation.seen().flinkJob(old).filter(FlinkJobState::running))
                    .isEmpty();
        }
        boolean resumes = plan.actions().stream()
                .anyMatch(action -> action instanceof ApplyFlinkDeployment apply
                        && apply.slot() == old
                        && apply.request().state() == JobRequest.State.RUNNING);
        if (resumes && Change.in(change, UpgradeStep.ROLLBACK)) {
            assertThat(situation.seen().flinkJob(old.other())).isEmpty();
            assertThat(situation.seen().podsLeft(old.other())).isZero();
        }
        if (resumes) {
            assertThat(change.step()).isIn("Abort", "Rollback", "Stop");
        }
    }

    @Property
    void flinkAndConnectorNeverChangeAtOnceWithoutConsent(@ForAll long seed) {
        Situation situation = new RandomSituations(seed).next();
        UpgradeStatus before = LostUpgrade.found(situation).change().orElse(null);
        UpgradeStatus after = PipelinePlanner.plan(situation).memory().upgrade();
        boolean begun = after != null
                && (before == null || !before.id().equals(after.id()))
                && !Change.is(after, ChangeKind.Rollback)
                && !Change.is(after, ChangeKind.Suspend);
        Revision from =
                begun && after.from() != null ? situation.seen().revisions().get(after.from()) : null;
        Revision to = begun ? situation.seen().revisions().get(after.to()) : null;
        if (from != null && to != null && VersionRules.hop(from.versions(), to.versions()) == VersionRules.Hop.BOTH) {
            assertThat(situation.accepted(Risk.CombinedUpgrade, VersionRules.spelled(from.versions(), to.versions())))
                    .isTrue();
        }
    }

    @Property
    void aStepInStatusIsNeverBehindItsWrites(@ForAll long seed) {
        Plan plan = PipelinePlanner.plan(new RandomSituations(seed).next());
        plan.actions().stream()
                .filter(ApplyFlinkDeployment.class::isInstance)
                .map(ApplyFlinkDeployment.class::cast)
                .flatMap(apply -> apply.mark().stream())
                .forEach(mark -> {
                    assertThat(plan.memory().upgrade().id()).isEqualTo(mark.upgradeId());
                    assertThat(plan.memory().upgrade().step()).isEqualTo(mark.step());
                });
    }

    private static Stream<WriteHandover> goes(Plan plan) {
        return plan.actions().stream()
                .filter(WriteHandover.class::isInstance)
                .map(WriteHandover.class::cast)
                .filter(write -> write.go().isPresent());
    }
}
