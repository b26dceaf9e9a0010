package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.plan.Action.DeleteFlinkDeployment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A job that ends by itself, and those that only look like one. */
class CompletionTest {
    private static final String BOUNDED =
            Scene.SPEC.replace("topics: [{name: in,", "stoppingOffsets: {mode: Latest}\n    topics: [{name: in,");
    private static final String CHANGED = "eventTime: {maxOutOfOrderness: 9s}\n";
    private static final String ACCEPTED =
            "upgrade: {acknowledge: [{risk: FreshStart, value: \"%s\"}]}\n".formatted(Scene.JOB_ID);
    private static final String CHECKPOINT = "s3://bucket/cp/" + Scene.JOB_ID + "/chk-9";

    @Test
    @DisplayName("it has come to its end: nothing is written, whatever is in its way or asks for it to stop")
    void completed() {
        Scene scene = finished(BOUNDED);

        Plan plan = scene.plan();

        assertThat(plan.job().kind()).isEqualTo(JobPhase.Kind.COMPLETED);
        assertThat(plan.actions()).isEmpty();
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.recheckAfter()).isEqualTo(PipelinePlanner.SETTLED);

        scene.spec = Scene.spec("suspend: true\n" + BOUNDED);
        assertThat(scene.plan().actions()).isEmpty();
        assertThat(scene.plan().job().kind()).isEqualTo(JobPhase.Kind.COMPLETED);
    }

    @Test
    @DisplayName("a field that somebody changed in its FlinkDeployment is left alone: a write could start it again")
    void noDrift() {
        Scene scene = finished(BOUNDED);
        Revision revision = scene.deployed();
        Map<String, Object> spec = new TreeMap<>(scene.jobs.get(Slot.A).spec());
        spec.put("image", "registry.example/other:1");
        scene.jobs.put(
                Slot.A,
                Scene.job(revision)
                        .state("FINISHED")
                        .savepoint(CHECKPOINT)
                        .spec(spec)
                        .build());

        assertThat(scene.plan().actions()).isEmpty();
    }

    @Test
    @DisplayName("a source without end does not end: somebody stopped the job")
    void unbounded() {
        assertThat(finished(Scene.SPEC).plan().job().reason()).isEqualTo(Reasons.JOB_ENDED);
    }

    @Test
    @DisplayName("a savepoint of its own tells that somebody stopped it before its end")
    void stoppedAtFlink() {
        Scene scene = finished(BOUNDED);
        scene.jobs.put(
                Slot.A,
                Scene.job(scene.deployed())
                        .state("FINISHED")
                        .savepoint("s3://bucket/sp/savepoint-" + Scene.JOB_ID.substring(0, 6) + "-1")
                        .build());

        assertThat(scene.plan().job().reason()).isEqualTo(Reasons.JOB_ENDED);
    }

    @Test
    @DisplayName("the savepoint that it was started from is another job's")
    void startedFromSavepoint() {
        Scene scene = finished(BOUNDED);
        scene.jobs.put(
                Slot.A,
                Scene.job(scene.deployed())
                        .state("FINISHED")
                        .savepoint("s3://bucket/sp/savepoint-abcdef-1")
                        .build());

        assertThat(scene.plan().job().kind()).isEqualTo(JobPhase.Kind.COMPLETED);
    }

    @Test
    @DisplayName("suspended with a savepoint it is suspended; a stop that came too late left none")
    void suspended() {
        Scene scene = finished(BOUNDED);
        Scene.Jobs stopped = Scene.job(scene.deployed())
                .request(JobRequest.suspended())
                .state("FINISHED")
                .lifecycle("SUSPENDED");

        scene.jobs.put(
                Slot.A,
                stopped.savepoint("s3://bucket/sp/savepoint-" + Scene.JOB_ID.substring(0, 6) + "-1")
                        .build());
        assertThat(scene.plan().job().kind()).isNotEqualTo(JobPhase.Kind.COMPLETED);

        scene.jobs.put(Slot.A, stopped.savepoint(CHECKPOINT).build());
        Plan late = scene.plan();
        assertThat(late.job().kind()).isEqualTo(JobPhase.Kind.COMPLETED);
        assertThat(late.actions()).isEmpty();
    }

    @Test
    @DisplayName("a changed spec is refused, and started without state once that is accepted for this very job")
    void changed() {
        Scene scene = finished(BOUNDED);
        scene.spec = Scene.spec(BOUNDED + CHANGED);

        Plan refused = scene.plan();
        assertThat(refused.actions()).isEmpty();
        assertThat(refused.refusals()).extracting(Refusal::reason).containsExactly(Reasons.COMPLETED_JOB_CHANGED);
        assertThat(refused.refusals().get(0).message()).contains("{risk: FreshStart, value: \"" + Scene.JOB_ID + "\"}");

        scene.spec = Scene.spec(BOUNDED + CHANGED + ACCEPTED);
        Plan accepted = scene.plan();
        assertThat(accepted.refusals()).isEmpty();
        assertThat(accepted.actions())
                .filteredOn(action -> !action.tidiesOnly())
                .hasExactlyElementsOfTypes(DeleteFlinkDeployment.class);
        assertThat(accepted.memory().upgrade().kind()).isEqualTo("Recreate");
        assertThat(accepted.memory().upgrade().savepoint()).isNull();
    }

    @Test
    @DisplayName("more partitions are beyond the end: they start nothing")
    void growth() {
        Scene scene = finished(BOUNDED);
        scene.spec = Scene.spec(BOUNDED.replace("name: in, partitions: 2", "name: in, partitions: 4")
                + "upgrade: {growth: GrowInPlace, acknowledge: [{risk: Reordering, value: \"in 2->4\"}]}");
        scene.topics.set(0, Scene.topic("in").partitions(4).generation(2, 2L).build());

        Plan plan = scene.plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.refusals()).isEmpty();
    }

    @Test
    @DisplayName("while it runs its end and the uid of its source stay as they are")
    void endIsFixed() {
        for (String change : List.of(
                BOUNDED.replace("{mode: Latest}", "{mode: Committed}"),
                BOUNDED.replace("{mode: Latest}", "{mode: Never}"),
                BOUNDED + "upgrade: {uidChangeNonce: 1}\n")) {
            Scene scene = new Scene();
            scene.spec = Scene.spec(BOUNDED);
            scene.running();
            scene.spec = Scene.spec(change);

            Plan plan = scene.plan();

            assertThat(plan.actions()).as(change).isEmpty();
            assertThat(plan.refusals()).as(change).extracting(Refusal::reason).containsExactly(Reasons.END_FIXED);
        }
    }

    @Test
    @DisplayName("it does not go on from the state of a job of elsewhere, which has another end or none")
    void restored() {
        Scene scene = new Scene().withTopics();
        scene.spec = Scene.spec(BOUNDED.replace(
                "state: {dir:", "state: {restoreFrom: {savepointPath: \"s3://other/sp/savepoint-1\"}, dir:"));

        assertThat(scene.plan().refusals()).extracting(Refusal::reason).contains(Reasons.END_FIXED);
    }

    private static Scene finished(String spec) {
        Scene scene = new Scene();
        scene.spec = Scene.spec(spec);
        scene.running();
        scene.checkpoints.clear();
        scene.jobs.put(
                Slot.A,
                Scene.job(scene.deployed())
                        .state("FINISHED")
                        .savepoint(CHECKPOINT)
                        .build());
        return scene;
    }
}
