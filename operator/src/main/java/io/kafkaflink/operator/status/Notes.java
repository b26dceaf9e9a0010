package io.kafkaflink.operator.status;

import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.plan.Action;
import io.kafkaflink.operator.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What changed between two statuses, and what is about to be written. Nothing changed, nothing is said. */
public final class Notes {
    private Notes() {}

    /** In the order in which people want to read them. */
    public static List<Note> of(PipelineStatus before, PipelineStatus after, Plan plan) {
        List<Note> notes = new ArrayList<>();
        stalled(before, after).ifPresent(notes::add);
        jobRunning(before, after).ifPresent(notes::add);
        savepoints(before, after).forEach(notes::add);
        change(before, after).ifPresent(notes::add);
        plan.actions().forEach(action -> notes.add(of(action)));
        return List.copyOf(notes);
    }

    private static Optional<Note> stalled(PipelineStatus before, PipelineStatus after) {
        Optional<Condition> now = Conditions.find(after.conditions(), Conditions.STALLED);
        Optional<Condition> then = Conditions.find(before.conditions(), Conditions.STALLED);
        boolean news = now.filter(condition -> condition.status() == Condition.Status.True)
                .filter(condition -> then.filter(old -> old.status() == Condition.Status.True
                                && old.reason().equals(condition.reason()))
                        .isEmpty())
                .isPresent();
        return news ? now.map(condition -> Note.warning(condition.reason(), condition.message())) : Optional.empty();
    }

    private static Optional<Note> jobRunning(PipelineStatus before, PipelineStatus after) {
        Optional<Condition> now = Conditions.find(after.conditions(), Conditions.JOB_RUNNING);
        Optional<Condition> then = Conditions.find(before.conditions(), Conditions.JOB_RUNNING);
        if (now.isEmpty() || then.map(Condition::reason).equals(now.map(Condition::reason))) {
            return Optional.empty();
        }
        boolean trouble = now.get()
                .reason()
                .matches("JobFailed|JobRestarting|StartOverdue|SavepointFailing"
                        + "|FlinkSpecRefused|FlinkOperatorSilent|WaitingForRunning");
        return Optional.of(
                trouble
                        ? Note.warning(now.get().reason(), now.get().message())
                        : Note.normal(now.get().reason(), now.get().message()));
    }

    private static List<Note> savepoints(PipelineStatus before, PipelineStatus after) {
        Set<String> known =
                before.savepoints().stream().map(SavepointStatus::path).collect(Collectors.toSet());
        return after.savepoints().stream()
                .filter(savepoint -> !known.contains(savepoint.path()))
                .map(savepoint -> Note.normal("SavepointCompleted", "savepoint " + savepoint.path()))
                .toList();
    }

    private static Optional<Note> change(PipelineStatus before, PipelineStatus after) {
        UpgradeStatus was = before.upgrade();
        UpgradeStatus is = after.upgrade();
        if (is != null && (was == null || !was.id().equals(is.id()))) {
            return Optional.of(Note.normal("UpgradeStarted", is.kind() + " to revision " + is.to()));
        }
        boolean ended = is == null && was != null && !Objects.equals(before.lastUpgrade(), after.lastUpgrade());
        return ended
                ? Optional.of(Note.normal(
                        "UpgradeCompleted",
                        after.lastUpgrade().kind() + " to revision "
                                + after.lastUpgrade().to() + ": "
                                + after.lastUpgrade().result()))
                : Optional.empty();
    }

    /** Also used while a pipeline is taken down. */
    public static Note of(Action action) {
        if (action instanceof Action.ApplyTopic apply) {
            return Note.normal("TopicApplied", apply.topic().reference() + ": " + apply.why());
        }
        if (action instanceof Action.DeleteTopic delete) {
            return Note.normal(
                    "TopicDeleted",
                    "KafkaTopic " + delete.namespace() + "/" + delete.resourceName() + ": " + delete.why());
        }
        if (action instanceof Action.ApplyFlinkDeployment apply) {
            return Note.normal("FlinkDeploymentApplied", "slot " + apply.slot() + ": " + apply.why());
        }
        if (action instanceof Action.DeleteFlinkDeployment delete) {
            return Note.normal("FlinkDeploymentDeleted", "slot " + delete.slot() + ": " + delete.why());
        }
        if (action instanceof Action.DeleteRevision delete) {
            return Note.normal("RevisionDeleted", delete.name() + ": " + delete.why());
        }
        if (action instanceof Action.DisownRevision disown) {
            return Note.normal("RevisionDisowned", disown.name() + ": " + disown.why());
        }
        return Note.normal(
                "RevisionStored", ((Action.StoreRevision) action).revision().name());
    }
}
