package io.kafkaflink.operator.status;

import io.kafkaflink.model.Timespan;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.plan.Action;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.plan.UpgradeStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What changed between two statuses, and what was written. Nothing changed, nothing is said. */
public final class Notes {
    private Notes() {}

    /** What a new status says that the one before did not, in the order in which people want to read it. */
    public static List<Note> of(PipelineStatus before, PipelineStatus after) {
        List<Note> notes = new ArrayList<>();
        stalled(before, after).ifPresent(notes::add);
        jobRunning(before, after).ifPresent(notes::add);
        savepoints(before, after).forEach(notes::add);
        ended(before, after).ifPresent(notes::add);
        started(before, after).ifPresent(notes::add);
        stepped(before, after).ifPresent(notes::add);
        return List.copyOf(notes);
    }

    private static Optional<Note> stalled(PipelineStatus before, PipelineStatus after) {
        return news(before, after, Conditions.STALLED)
                .filter(now -> now.status() == Condition.Status.True)
                .map(now -> Note.warning(now.reason(), now.message()));
    }

    private static Optional<Note> jobRunning(PipelineStatus before, PipelineStatus after) {
        return news(before, after, Conditions.JOB_RUNNING)
                .filter(now -> !now.reason().equals(stalledReason(after)))
                .filter(now -> !expected(before, now))
                .map(now -> Reasons.TROUBLE.contains(now.reason())
                        ? Note.warning(now.reason(), now.message())
                        : Note.normal(now.reason(), now.message()));
    }

    /** Before its first start a pipeline has no job, which is nothing to be warned of. */
    private static boolean expected(PipelineStatus before, Condition now) {
        return now.reason().equals(Reasons.JOB_NOT_STARTED)
                && Conditions.find(before.conditions(), Conditions.JOB_RUNNING).isEmpty();
    }

    /** A job that stalls its pipeline is told of once. */
    private static String stalledReason(PipelineStatus after) {
        return Conditions.find(after.conditions(), Conditions.STALLED)
                .filter(stalled -> stalled.status() == Condition.Status.True)
                .map(Condition::reason)
                .orElse(null);
    }

    /** The condition, when its value or its reason is another than before. Words alone are no news. */
    private static Optional<Condition> news(PipelineStatus before, PipelineStatus after, String type) {
        Optional<Condition> then = Conditions.find(before.conditions(), type);
        return Conditions.find(after.conditions(), type).filter(now -> then.filter(
                        old -> old.status() == now.status() && Objects.equals(old.reason(), now.reason()))
                .isEmpty());
    }

    private static List<Note> savepoints(PipelineStatus before, PipelineStatus after) {
        Set<String> known =
                before.savepoints().stream().map(SavepointStatus::path).collect(Collectors.toSet());
        return after.savepoints().stream()
                .filter(savepoint -> !known.contains(savepoint.path()))
                .map(savepoint -> Note.normal(Reasons.SAVEPOINT_COMPLETED, "savepoint " + savepoint.path()))
                .toList();
    }

    private static Optional<Note> ended(PipelineStatus before, PipelineStatus after) {
        LastUpgradeStatus last = after.lastUpgrade();
        if (last == null || last.equals(before.lastUpgrade())) {
            return Optional.empty();
        }
        String what = last.kind() + " " + last.id() + " to revision " + last.to();
        return Optional.of(
                switch (String.valueOf(last.result())) {
                    case "Succeeded" ->
                        Note.normal(Reasons.UPGRADE_COMPLETED, what + " is done" + pause(last.downtime()));
                    case "Aborted", "RolledBack" ->
                        Note.warning(Reasons.ROLLED_BACK, what + " was taken back: " + last.message());
                    case "NewUidsNeeded" -> Note.normal(Reasons.NEW_UIDS_NEEDED, what + ": " + last.message());
                    default -> Note.normal(Reasons.UPGRADE_SUPERSEDED, what + " was given up for what came after it");
                });
    }

    /** In seconds, for people; the status has it exactly. */
    private static String pause(String downtime) {
        return downtime == null || !downtime.matches(Timespan.PATTERN)
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", without output for %.1f s",
                        Timespan.parse(downtime).toMillis() / 1000.0);
    }

    private static Optional<Note> started(PipelineStatus before, PipelineStatus after) {
        UpgradeStatus is = after.upgrade();
        boolean news = is != null
                && (before.upgrade() == null || !is.id().equals(before.upgrade().id()));
        return news
                ? Optional.of(
                        Note.normal(Reasons.UPGRADE_STARTED, is.kind() + " " + is.id() + " to revision " + is.to()))
                : Optional.empty();
    }

    /** A handover came to its next step; the first one is told of by its start. */
    private static Optional<Note> stepped(PipelineStatus before, PipelineStatus after) {
        UpgradeStatus was = before.upgrade();
        UpgradeStatus is = after.upgrade();
        boolean moved = was != null
                && is != null
                && is.procedure() == UpgradeStatus.Procedure.HandOver
                && is.id().equals(was.id())
                && !is.step().equals(was.step());
        return moved
                ? UpgradeStep.of(is.step())
                        .map(step -> Note.normal(step.text(), is.kind() + " " + is.id() + ", " + step.phrase()))
                : Optional.empty();
    }

    /** What was just written. */
    public static Note of(Action action) {
        if (action instanceof Action.ApplyTopic apply) {
            return Note.normal(Reasons.TOPIC_APPLIED, apply.topic().reference() + ": " + apply.why());
        }
        if (action instanceof Action.DeleteTopic delete) {
            return Note.normal(
                    Reasons.TOPIC_DELETED,
                    "KafkaTopic " + delete.namespace() + "/" + delete.resourceName() + ": " + delete.why());
        }
        if (action instanceof Action.ApplyFlinkDeployment apply) {
            return Note.normal(Reasons.FLINK_DEPLOYMENT_APPLIED, "slot " + apply.slot() + ": " + apply.why());
        }
        if (action instanceof Action.DeleteFlinkDeployment delete) {
            return Note.normal(Reasons.FLINK_DEPLOYMENT_DELETED, "slot " + delete.slot() + ": " + delete.why());
        }
        if (action instanceof Action.WriteHandover write) {
            return Note.normal(Reasons.HANDOVER_WRITTEN, "slot " + write.slot() + ": " + write.why());
        }
        if (action instanceof Action.DeleteHandover delete) {
            return Note.normal(Reasons.HANDOVER_DELETED, "slot " + delete.slot() + ": " + delete.why());
        }
        if (action instanceof Action.DeleteRevision delete) {
            return Note.normal(Reasons.REVISION_DELETED, "ControllerRevision " + delete.name() + ": " + delete.why());
        }
        if (action instanceof Action.DisownRevision disown) {
            return Note.normal(Reasons.REVISION_DISOWNED, "ControllerRevision " + disown.name() + ": " + disown.why());
        }
        return Note.normal(
                Reasons.REVISION_STORED,
                "ControllerRevision "
                        + ((Action.StoreRevision) action).revision().name());
    }
}
