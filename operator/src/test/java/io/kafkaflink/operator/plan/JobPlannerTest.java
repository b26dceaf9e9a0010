package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.JobRequest.State;
import io.kafkaflink.operator.desired.JobRequest.UpgradeMode;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.StopSavepoint;
import io.kafkaflink.operator.plan.Action.ApplyFlinkDeployment;
import io.kafkaflink.operator.plan.Action.DeleteFlinkDeployment;
import io.kafkaflink.operator.plan.Action.StoreRevision;
import io.kafkaflink.operator.plan.Action.WriteHandover;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobPlannerTest {
    private static final String KEEP_OUT = "maxOutOfOrderness: 9s";
    private static final JobRequest ARMED = JobRequest.running().withoutSavepointOnDeletion();

    @Test
    void theFirstStartStoresTheRevisionBeforeItCreatesTheDeployment() {
        Plan plan = new Scene().withTopics().plan();

        assertThat(plan.actions())
                .hasExactlyElementsOfTypes(StoreRevision.class, WriteHandover.class, ApplyFlinkDeployment.class);
        ApplyFlinkDeployment apply = applied(plan);
        assertThat(apply.slot()).isEqualTo(Slot.A);
        assertThat(apply.revision().parallelism()).isEqualTo(2);
        assertThat(apply.revision().uids().source()).isEqualTo("source-1");
        assertThat(apply.revision().uids().sinks()).containsExactly(Map.entry("main", "sink-main-1"));
        assertThat(apply.request()).isEqualTo(ARMED);
        assertThat(apply.expectedVersion()).isNull();
        assertThat(plan.memory().upgrade().kind()).isEqualTo("FirstStart");
        assertThat(plan.memory().upgrade().to()).isEqualTo(apply.revision().name());
    }

    @Test
    void nothingStartsBeforeEveryTopicIsProven() {
        Scene scene = new Scene().withTopics();
        scene.topics.set(1, Scene.topic("out").partitions(4).generation(2, 1L).build());

        Plan plan = scene.plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.refusals()).extracting(Refusal::reason).containsExactly(Reasons.TOPIC_CHANGING);
    }

    @Test
    void aRunningPipelineNeedsNothing() {
        Plan plan = new Scene().running().plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.job().kind()).isEqualTo(JobPhase.Kind.RUNNING);
        assertThat(plan.recheckAfter()).isEqualTo(PipelinePlanner.SETTLED);
    }

    @Test
    void aChangeArmsTheNewRevisionWithTheSameUidsInTheFreeSlot() {
        Scene scene = new Scene().running();
        Revision before = scene.deployed();
        scene.spec = changed();

        Plan plan = scene.plan();

        ApplyFlinkDeployment apply = applied(plan);
        assertThat(apply.revision().name()).isNotEqualTo(before.name());
        assertThat(apply.revision().uids()).isEqualTo(before.uids());
        assertThat(apply.slot()).isEqualTo(Slot.B);
        assertThat(apply.request()).isEqualTo(ARMED);
        assertThat(apply.expectedVersion()).isNull();
        assertThat(plan.memory().upgrade().from()).isEqualTo(before.name());
        assertThat(plan.memory().upgrade().kind()).isEqualTo("Configuration");
    }

    @Test
    void moreProvenPartitionsAreMoreParallelism() {
        Scene scene = new Scene().running();
        scene.spec = Scene.spec(Scene.SPEC.replace("name: in, partitions: 2", "name: in, partitions: 4")
                + "upgrade: {growth: GrowInPlace, acknowledge: [{risk: Reordering, value: \"in 2->4\"}]}");
        scene.topics.set(0, Scene.topic("in").partitions(4).generation(2, 2L).build());

        Plan plan = scene.plan();

        assertThat(applied(plan).revision().parallelism()).isEqualTo(4);
        assertThat(applied(plan).revision().uids().source()).isEqualTo("source-2");
        assertThat(applied(plan).revision().uids().sinks()).containsExactly(Map.entry("main", "sink-main-1"));
        assertThat(plan.memory().upgrade().kind()).isEqualTo("Growth");
    }

    @Test
    void suspendingActsOnTheDeployedRevisionEvenWhenTheSpecCannotBeRendered() {
        Scene scene = new Scene().running();
        Revision before = scene.deployed();
        scene.spec = Scene.spec("suspend: true\n" + Scene.SPEC.replace("v2_2", "v9_9"));

        Plan plan = scene.plan();

        ApplyFlinkDeployment apply = applied(plan);
        assertThat(apply.revision()).isEqualTo(before);
        assertThat(apply.request()).isEqualTo(JobRequest.suspended());
        assertThat(plan.refusals()).extracting(Refusal::reason).containsExactly(Reasons.UNSUPPORTED_VERSION_PAIR);
    }

    @Test
    void theAnnotationSuspendsToo() {
        Scene scene = new Scene().running();
        scene.annotations.put("kafkaflink.io/suspend", "true");

        assertThat(applied(scene.plan()).request().state()).isEqualTo(State.SUSPENDED);
    }

    @Test
    void aSuspendedPipelineStaysAsItIsWhateverTheSpecSays() {
        Scene scene = new Scene().suspended();
        scene.spec = Scene.spec("suspend: true\n" + Scene.SPEC + "eventTime: {" + KEEP_OUT + "}");

        Plan plan = scene.plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.job().kind()).isEqualTo(JobPhase.Kind.SUSPENDED);
    }

    @Test
    void resumingTheSameRevisionIsOneWriteInPlace() {
        Scene scene = new Scene().suspended();

        ApplyFlinkDeployment apply = applied(scene.plan());

        assertThat(apply.slot()).isEqualTo(Slot.A);
        assertThat(apply.request()).isEqualTo(JobRequest.running());
        assertThat(apply.revision()).isEqualTo(scene.deployed());
    }

    @Test
    void resumingAnotherRevisionArmsItFromTheProvenSavepoint() {
        Scene scene = new Scene().suspended();
        scene.savepoints = List.of(new StopSavepoint("p1-a", "s3://bucket/sp/savepoint-16954e-1", Scene.NOW));
        scene.spec = changed();

        Plan plan = scene.plan();

        assertThat(applied(plan).slot()).isEqualTo(Slot.B);
        assertThat(applied(plan).revision().name())
                .isNotEqualTo(scene.deployed().name());
        assertThat(plan.memory().upgrade().kind()).isEqualTo("Resume");
    }

    @Test
    void withoutAProvenSavepointTheOldRevisionIsResumedFirst() {
        Scene scene = new Scene().suspended();
        scene.spec = changed();

        assertThat(applied(scene.plan()).slot()).isEqualTo(Slot.A);
        assertThat(applied(scene.plan()).revision()).isEqualTo(scene.deployed());
    }

    @Test
    void resumingWaitsUntilTheStopIsSeen() {
        Scene scene = new Scene().running();
        scene.jobs.put(
                Slot.A,
                Scene.job(scene.deployed())
                        .request(JobRequest.suspended())
                        .observed(2L)
                        .reconciledState("running")
                        .build());

        assertThat(scene.plan().actions()).isEmpty();
    }

    @Test
    void driftOfAFieldOfOursIsWrittenAgainAndNamed() {
        Scene scene = new Scene().running();
        Map<String, Object> live = new HashMap<>(FlinkDeployments.spec(scene.deployed(), JobRequest.running()));
        live.put("image", "evil:1");
        live.put("ingress", Map.of("template", "foreign"));
        scene.jobs.put(Slot.A, Scene.job(scene.deployed()).spec(live).build());

        ApplyFlinkDeployment apply = applied(scene.plan());

        assertThat(apply.why()).isEqualTo("drift: spec.image evil:1 becomes registry.example/job:2.2");
    }

    @Test
    void fieldsOfOthersAreNoDrift() {
        Scene scene = new Scene().running();
        Map<String, Object> live = new HashMap<>(FlinkDeployments.spec(scene.deployed(), JobRequest.running()));
        live.put("ingress", Map.of("template", "foreign"));
        scene.jobs.put(Slot.A, Scene.job(scene.deployed()).spec(live).build());

        assertThat(scene.plan().actions()).isEmpty();
    }

    @Test
    void aFailedJobWithACheckpointIsRepairedFromIt() {
        Scene scene = new Scene().running();
        scene.jobs.put(Slot.A, Scene.job(scene.deployed()).state("RESTARTING").build());
        scene.spec = changed();

        Plan plan = scene.plan();

        assertThat(applied(plan).request().upgradeMode()).isEqualTo(UpgradeMode.LAST_STATE);
        assertThat(plan.memory().upgrade().kind()).isEqualTo("Repair");
    }

    @Test
    void anotherStateBackendWaitsForASavepoint() {
        Scene scene = new Scene().running();
        scene.jobs.put(Slot.A, Scene.job(scene.deployed()).state("RESTARTING").build());
        scene.spec = Scene.spec(Scene.SPEC.replace("state: {", "state: {backend: RocksDB, "));

        Plan plan = scene.plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.refusals()).anySatisfy(refusal -> assertThat(refusal.message())
                .contains("a change of state.backend needs a job that is RUNNING", "another backend reads"));
    }

    @Test
    void afterARepairTheUpgradeModeGoesBack() {
        Scene scene = new Scene().running();
        scene.jobs.put(
                Slot.A,
                Scene.job(scene.deployed())
                        .request(new JobRequest(State.RUNNING, UpgradeMode.LAST_STATE, null))
                        .build());

        assertThat(applied(scene.plan()).request()).isEqualTo(JobRequest.running());
    }

    @Test
    void aFirstJobThatFailedIsMadeAgainWhateverItWouldHaveKept() {
        Scene scene = new Scene().withTopics();
        Revision bad = scene.store(2);
        scene.jobs.put(
                Slot.A,
                Scene.job(bad).state("FAILED").lifecycle("FAILED").jobId("ab").build());
        scene.memory =
                Scene.memory(null, Scene.change(ChangeKind.FirstStart, UpgradeStep.START, bad.name(), null), null);
        // Nothing ever ran, so that no state forbids to take the step away.
        scene.edit("- {id: count, keyedCount: {keyBy: user}}", "- {id: spread, rebalance: {}}");

        Plan plan = scene.plan();

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.actions()).hasExactlyElementsOfTypes(DeleteFlinkDeployment.class);
        assertThat(plan.memory().upgrade().kind()).isEqualTo("Recreate");
        assertThat(plan.memory().lastUpgrade().result()).isEqualTo("Superseded");
    }

    @Test
    void aJobThatFlinkNeverGotIsDeletedWithoutASavepointAndMadeAgain() {
        Scene scene = neverStarted(null);

        ApplyFlinkDeployment first = applied(scene.plan());
        assertThat(first.request().savepointOnDeletion()).isFalse();
        assertThat(first.revision()).isEqualTo(scene.deployed());

        Plan second = disarmed(scene, first);
        assertThat(second.actions()).singleElement().isInstanceOfSatisfying(DeleteFlinkDeployment.class, delete -> {
            assertThat(delete.expectedVersion()).isEqualTo("4711");
        });

        scene.jobs.clear();
        scene.memory = Scene.memory(null, second.memory().upgrade(), null);
        ApplyFlinkDeployment again = applied(scene.plan());
        assertThat(again.expectedVersion()).isNull();
        assertThat(again.request()).isEqualTo(ARMED);
        assertThat(again.revision().name()).isNotEqualTo(first.revision().name());
    }

    @Test
    void aJobThatFlinkNeverGotIsMadeAgainFromWhatItWasToStartFrom() {
        for (String path : List.of("s3://b/savepoint-16954e-1", "s3://b/" + Scene.JOB_ID + "/chk-12")) {
            Scene scene = neverStarted(path);
            scene.memory = Scene.remembered(
                    scene.deployed(),
                    Scene.change(
                            ChangeKind.Configuration,
                            UpgradeStep.START,
                            scene.deployed().name(),
                            null),
                    null);
            Plan first = scene.plan();
            assertThat(first.memory().upgrade().savepoint()).isEqualTo(path);

            scene.jobs.clear();
            scene.memory = Scene.remembered(bad(scene), first.memory().upgrade(), null);
            assertThat(applied(scene.plan()).request().initialSavepointPath()).isEqualTo(path);
        }
    }

    /** A job whose image cannot be pulled, after the spec was corrected. */
    private static Scene neverStarted(String savepoint) {
        Scene scene = new Scene().withTopics();
        Revision bad = scene.store(2);
        scene.jobs.put(
                Slot.A,
                Scene.job(bad)
                        .state("RECONCILING")
                        .jobManager("ERROR")
                        .lifecycle("DEPLOYED")
                        .jobId("abababababababababababababababab")
                        .savepoint(savepoint)
                        .build());
        scene.memory =
                Scene.memory(null, Scene.change(ChangeKind.FirstStart, UpgradeStep.START, bad.name(), null), null);
        scene.now = Scene.NOW.plus(Duration.ofMinutes(2));
        scene.spec = changed();
        return scene;
    }

    private static Revision bad(Scene scene) {
        return scene.revisions.values().iterator().next();
    }

    private static Plan disarmed(Scene scene, ApplyFlinkDeployment first) {
        scene.memory = Scene.memory(null, scene.plan().memory().upgrade(), null);
        scene.jobs.put(
                Slot.A,
                Scene.job(first.revision())
                        .request(first.request())
                        .state("RECONCILING")
                        .jobManager("ERROR")
                        .lifecycle("DEPLOYED")
                        .jobId("abababababababababababababababab")
                        .build());
        return scene.plan();
    }

    @Test
    void aStartFromASavepointIsAskedForUntilItHasHappened() {
        Scene scene = new Scene().running();
        Revision revision = scene.deployed();
        JobRequest request = new JobRequest(State.RUNNING, UpgradeMode.SAVEPOINT, "s3://b/savepoint-aaaaaa-1");
        scene.jobs.put(
                Slot.A,
                Scene.job(revision).request(request).observed(null).state(null).build());
        scene.memory = Scene.remembered(
                revision,
                Scene.change(ChangeKind.Recreate, UpgradeStep.START, revision.name(), "s3://b/savepoint-aaaaaa-1"),
                null);

        assertThat(scene.plan().actions()).isEmpty();
    }

    @Test
    void aVanishedDeploymentIsMadeAgainFromTheSavepointOfTheVeryJob() {
        Scene scene = new Scene().running();
        scene.jobs.clear();
        scene.savepoints = List.of(
                new StopSavepoint("p1-a", "s3://b/savepoint-ffffff-8", Scene.NOW.minusSeconds(99)),
                new StopSavepoint("p1-a", "s3://b/savepoint-16954e-9", Scene.NOW.minusSeconds(9)));

        assertThat(applied(scene.plan()).request().initialSavepointPath()).isEqualTo("s3://b/savepoint-16954e-9");
    }

    @Test
    void aJobThatNobodySawWentOnFromTheLastOneAndItsSavepointIsTheNewest() {
        Scene scene = new Scene().running();
        scene.jobs.clear();
        scene.savepoints = List.of(
                new StopSavepoint("p1-a", "s3://b/savepoint-16954e-9", Scene.NOW.minusSeconds(9)),
                new StopSavepoint("p1-a", "s3://b/savepoint-ffffff-8", Scene.NOW.minusSeconds(1)));

        assertThat(applied(scene.plan()).request().initialSavepointPath()).isEqualTo("s3://b/savepoint-ffffff-8");
    }

    @Test
    void aVanishedDeploymentWithoutThatSavepointIsNotMadeAgainUnasked() {
        Scene scene = new Scene().running();
        scene.jobs.clear();
        scene.savepoints = List.of(new StopSavepoint("p1-a", "s3://b/savepoint-ffffff-8", Scene.NOW.minusSeconds(1)));

        Plan plan = scene.plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reasons.STATE_LOST);
            assertThat(refusal.message()).contains("{risk: FreshStart, value: \"" + Scene.JOB_ID + "\"}");
        });
    }

    @Test
    void aChangeThatDropsStateIsRefusedAndTheJobRunsOn() {
        Scene scene = new Scene().running();
        scene.edit("- {id: count, keyedCount: {keyBy: user}}", "- {id: spread, rebalance: {}}");

        Plan plan = scene.plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.refusals()).extracting(Refusal::reason).containsExactly(Reasons.STATE_WOULD_BE_DROPPED);
        assertThat(plan.job().kind()).isEqualTo(JobPhase.Kind.RUNNING);
    }

    @Test
    void aChangeWhileTheJobComesUpWaits() {
        Scene scene = new Scene().running();
        Revision revision = scene.deployed();
        scene.jobs.put(
                Slot.A,
                Scene.job(revision).state("RECONCILING").jobManager("DEPLOYING").build());
        scene.memory = Scene.remembered(
                revision, Scene.change(ChangeKind.Configuration, UpgradeStep.START, revision.name(), null), null);
        scene.spec = changed();

        Plan plan = scene.plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.job().kind()).isEqualTo(JobPhase.Kind.STARTING);
    }

    @Test
    void aChangeIsClosedOnceTheJobRuns() {
        Scene scene = new Scene().running();
        Revision revision = scene.deployed();
        scene.memory = Scene.remembered(
                revision, Scene.change(ChangeKind.Configuration, UpgradeStep.START, revision.name(), null), null);

        Plan plan = scene.plan();

        assertThat(plan.memory().upgrade()).isNull();
        assertThat(plan.memory().lastUpgrade().result()).isEqualTo("Succeeded");
        assertThat(plan.memory().deployed().jobId()).isEqualTo(Scene.JOB_ID);
    }

    @Test
    void decidingTheSameAgainKeepsTheChange() {
        Scene scene = new Scene().running();
        scene.spec = changed();
        Plan first = scene.plan();
        scene.memory = Scene.remembered(scene.deployed(), first.memory().upgrade(), null);
        scene.now = Scene.NOW.plus(Duration.ofSeconds(20));

        assertThat(scene.plan().memory().upgrade()).isEqualTo(first.memory().upgrade());
    }

    @Test
    void aLostStatusLosesNothing() {
        Scene scene = new Scene().running();
        scene.memory = PipelineStatus.EMPTY;

        Plan plan = scene.plan();

        assertThat(plan.actions()).isEmpty();
        DeployedStatus deployed = plan.memory().deployed();
        assertThat(deployed.revision()).isEqualTo(scene.deployed().name());
        assertThat(deployed.jobId()).isEqualTo(Scene.JOB_ID);
    }

    @Test
    void aLostStatusIsNoProofThatNoJobHasEverRun() {
        Scene scene = new Scene().running();
        scene.jobs.put(
                Slot.A,
                Scene.job(scene.deployed())
                        .state("FAILED")
                        .lifecycle("DEPLOYED")
                        .build());
        scene.checkpoints.clear();
        scene.spec = Scene.spec(Scene.SPEC.replace("transforms:\n- {id: count, keyedCount: {keyBy: user}}\n", ""));
        scene.memory = PipelineStatus.EMPTY;

        for (int pass = 1; pass <= 2; pass++) {
            Plan plan = scene.plan();
            assertThat(plan.refusals())
                    .as("pass " + pass)
                    .extracting(Refusal::reason)
                    .containsExactly(Reasons.STATE_WOULD_BE_DROPPED);
            scene.memory = Scene.memory(plan.memory().deployed(), plan.memory().upgrade(), null);
        }
    }

    @Test
    void aPausedPipelineWritesNothing() {
        Scene scene = new Scene().running();
        scene.spec = changed();
        scene.annotations.put("kafkaflink.io/pause-reconciliation", "true");

        Plan plan = scene.plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.refusals()).extracting(Refusal::reason).containsExactly(Reasons.PAUSED);
    }

    @Test
    void aRefusedFlinkSpecIsReplacedByTheNextChange() {
        Scene scene = new Scene().running();
        scene.jobs.put(
                Slot.A,
                Scene.job(scene.deployed())
                        .observed(2L)
                        .error("ValidationException", "bad resource")
                        .build());
        assertThat(scene.plan().job().reason()).isEqualTo(Reasons.FLINK_SPEC_REFUSED);

        scene.spec = changed();
        assertThat(applied(scene.plan()).request()).isEqualTo(JobRequest.running());
    }

    private static PipelineSpec changed() {
        return Scene.spec(Scene.SPEC + "eventTime: {" + KEEP_OUT + "}");
    }

    private static ApplyFlinkDeployment applied(Plan plan) {
        return plan.actions().stream()
                .filter(ApplyFlinkDeployment.class::isInstance)
                .map(ApplyFlinkDeployment.class::cast)
                .reduce((one, other) -> {
                    throw new AssertionError("more than one FlinkDeployment is written: " + plan.actions());
                })
                .orElseThrow(() -> new AssertionError("no FlinkDeployment is written: " + plan));
    }
}
