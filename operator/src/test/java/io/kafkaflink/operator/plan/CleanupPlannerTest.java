package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.operator.desired.Slot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CleanupPlannerTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Test
    void firstTheJobThenTheTopicsThenTheRevisions() {
        Scene scene = new Scene().running();
        scene.edit("name: out, partitions: 4", "name: out, partitions: 4, deletionPolicy: Delete");

        CleanupPlan first = plan(scene);
        assertThat(first.actions()).hasExactlyElementsOfTypes(Action.DeleteFlinkDeployment.class);
        assertThat(first.done()).isFalse();

        scene.jobs.put(Slot.A, Scene.job(scene.deployed()).deleting().build());
        assertThat(plan(scene).actions()).isEmpty();
        assertThat(plan(scene).waitingFor()).contains("FlinkDeployment default/p1-a");

        scene.jobs.clear();
        CleanupPlan second = plan(scene);
        assertThat(second.actions())
                .singleElement()
                .isInstanceOfSatisfying(Action.DeleteTopic.class, delete -> assertThat(delete.resourceName())
                        .isEqualTo("out"));
        assertThat(second.done()).isFalse();

        scene.topics.remove(1);
        CleanupPlan last = plan(scene);
        assertThat(last.actions()).hasExactlyElementsOfTypes(Action.DeleteRevision.class);
        assertThat(last.done()).isTrue();
    }

    @Test
    void aRetainedOrForeignTopicNeverGoes() {
        Scene scene = new Scene().running();
        scene.jobs.clear();
        scene.edit("name: out, partitions: 4", "name: out, partitions: 4, deletionPolicy: Delete");
        scene.topics.set(1, Scene.topic("out").partitions(4).pipeline(null).build());

        assertThat(plan(scene).actions()).noneMatch(Action.DeleteTopic.class::isInstance);
        assertThat(plan(scene).done()).isTrue();
    }

    @Test
    void orphanLeavesEverythingUnowned() {
        Scene scene = new Scene().running();
        scene.spec = Scene.spec("deletionPolicy: Orphan\n" + Scene.SPEC);
        assertThat(plan(scene).actions()).hasExactlyElementsOfTypes(Action.DisownRevision.class);
        assertThat(plan(scene).done()).isFalse();

        scene.unowned.addAll(scene.revisions.keySet());
        assertThat(plan(scene).actions()).isEmpty();
        assertThat(plan(scene).done()).isTrue();
    }

    @Test
    void theLimitEndsTheWaitAndSaysWhatIsLeft() {
        Scene scene = new Scene().running();
        scene.jobs.put(Slot.A, Scene.job(scene.deployed()).deleting().build());
        scene.now = Scene.NOW.plus(LIMIT).plusSeconds(1);

        CleanupPlan plan = CleanupPlanner.plan(scene.situation(), Scene.NOW, LIMIT);

        assertThat(plan.done()).isTrue();
        assertThat(plan.incomplete()).hasValueSatisfying(message -> assertThat(message)
                .contains("limit of 10 minutes", "FlinkDeployment default/p1-a"));
    }

    @Test
    void theAnnotationEndsTheWaitAtOnce() {
        Scene scene = new Scene().running();
        scene.annotations.put("kafkaflink.io/force-delete", "true");

        assertThat(plan(scene).done()).isTrue();
        assertThat(plan(scene).incomplete()).isPresent();
    }

    private static CleanupPlan plan(Scene scene) {
        return CleanupPlanner.plan(scene.situation(), Scene.NOW, LIMIT);
    }
}
