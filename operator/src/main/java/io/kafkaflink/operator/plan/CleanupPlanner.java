package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec.DeletionPolicy;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.desired.Annotations;
import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.KafkaTopics;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.HandoverState;
import io.kafkaflink.operator.observe.TopicState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a deleted pipeline still needs: first the job stops with a savepoint and goes, then the topics that are
 * to be deleted, then the revisions. Bounded in time, because Strimzi or the Flink operator may be gone for good.
 */
public final class CleanupPlanner {
    /** How long a savepoint is waited for while the job does not run: FKO looks every 15 s, a job restarts in less. */
    static final Duration SAVEPOINT_PATIENCE = Duration.ofMinutes(2);

    private static final Set<UpgradeStep> BEFORE_THE_GO =
            EnumSet.of(UpgradeStep.ARM, UpgradeStep.DRAIN, UpgradeStep.STOP, UpgradeStep.ABORT);

    private CleanupPlanner() {}

    /**
     * Decides.
     *
     * @param limit time from the deletion request after which the finalizer goes whatever is left
     */
    public static CleanupPlan plan(Situation seen, Instant deletedAt, Duration limit) {
        Situation situation = LostUpgrade.found(seen);
        CleanupPlan plan = situation.spec().deletionPolicy() == DeletionPolicy.Orphan
                ? orphan(situation)
                : dismantle(situation, situation.since(deletedAt));
        boolean forced = "true".equals(situation.annotations().get(Annotations.FORCE_DELETE));
        boolean overdue = situation.since(deletedAt).compareTo(limit) > 0;
        if (plan.done() || !(forced || overdue)) {
            return plan;
        }
        String why = forced ? "annotation " + Annotations.FORCE_DELETE : "limit of " + limit.toMinutes() + " minutes";
        return new CleanupPlan(
                List.of(),
                true,
                plan.waitingFor(),
                Optional.of("the finalizer of " + situation.reference() + " is removed (" + why + ") while "
                        + plan.waitingFor() + "; delete what is left by hand"));
    }

    /** Nobody would ever tell an armed job to go, so that one is taken away first. */
    private static CleanupPlan orphan(Situation situation) {
        Optional<StepOutcome> disarmed = situation
                .change()
                .filter(change -> Change.isHandOver(change)
                        && UpgradeStep.of(change.step())
                                .filter(BEFORE_THE_GO::contains)
                                .isPresent())
                .map(change -> new AbortStep(HandOver.of(situation, change, Optional.empty())).outcome());
        if (disarmed.isPresent() && !(disarmed.get() instanceof StepOutcome.Finish)) {
            List<Action> writes =
                    disarmed.get() instanceof StepOutcome.Write write ? write.actions() : List.<Action>of();
            return waiting(writes, "an upgrade of " + situation.reference() + " is being taken back");
        }
        List<Action> actions = situation.seen().revisions().keySet().stream()
                .filter(name -> !situation.seen().unowned().contains(name))
                .sorted()
                .<Action>map(name -> new Action.DisownRevision(name, "deletionPolicy Orphan leaves it behind"))
                .toList();
        return new CleanupPlan(actions, actions.isEmpty(), "revisions are being disowned", Optional.empty());
    }

    private static CleanupPlan dismantle(Situation situation, Duration waited) {
        Map<Slot, FlinkJobState> jobs = situation.seen().flinkJobs();
        if (!jobs.isEmpty()) {
            List<Action> actions = jobs.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .flatMap(entry -> delete(situation, entry.getKey(), entry.getValue(), waited).stream())
                    .toList();
            return waiting(actions, names(situation, jobs) + " is being stopped with a savepoint");
        }
        List<Action> handovers = situation.seen().handovers().keySet().stream()
                .sorted()
                .<Action>map(slot -> new Action.DeleteHandover(slot, "the pipeline is deleted"))
                .toList();
        if (!handovers.isEmpty()) {
            return waiting(handovers, "handover ConfigMaps of " + situation.reference() + " are being deleted");
        }
        List<TopicState> topics = doomed(situation);
        if (!topics.isEmpty()) {
            List<Action> actions = topics.stream()
                    .filter(topic -> !topic.deleting())
                    .<Action>map(topic -> new Action.DeleteTopic(
                            topic.namespace(), topic.resourceName(), "its deletionPolicy is Delete"))
                    .toList();
            return waiting(actions, topics.stream().map(TopicState::reference).toList() + " is being deleted");
        }
        List<Action> revisions = new ArrayList<>();
        situation.seen().revisions().keySet().stream()
                .sorted()
                .forEach(name -> revisions.add(new Action.DeleteRevision(name, "the pipeline is deleted")));
        return new CleanupPlan(revisions, true, "", Optional.empty());
    }

    /**
     * In an upgrade both go: the old one as it is, and a new one that is not verified without a savepoint. FKO takes a
     * savepoint of the others first and waits for ever for a job that never comes to run. After a while such a job goes
     * without; its retained checkpoints stay where they are.
     */
    private static Optional<Action> delete(Situation situation, Slot slot, FlinkJobState job, Duration waited) {
        if (!job.deleting()) {
            return verifiedAndUnsettled(situation, slot, job).or(() -> Optional.of(deletion(slot)));
        }
        return hopeless(situation, slot, job, waited);
    }

    private static Action deletion(Slot slot) {
        return new Action.DeleteFlinkDeployment(
                slot, null, "the pipeline is deleted; a running job takes a savepoint first");
    }

    /** Its output counts already, but step 5 Settle has not been, so that it would go without a savepoint. */
    private static Optional<Action> verifiedAndUnsettled(Situation situation, Slot slot, FlinkJobState job) {
        boolean verified = situation
                .seen()
                .handover(slot)
                .map(HandoverState::verified)
                .filter(reading -> reading instanceof Reading.Found<Verification> found
                        && found.document().jobId().equals(job.jobId()))
                .isPresent();
        return Deployed.of(situation, slot)
                .applied()
                .filter(revision -> verified && !FlinkDeployments.savepointOnDeletion(job.spec()))
                .map(revision -> new Action.ApplyFlinkDeployment(
                        slot,
                        revision,
                        JobRequest.running(),
                        job.resourceVersion(),
                        "its deletion is to take a savepoint"));
    }

    private static Optional<Action> hopeless(Situation situation, Slot slot, FlinkJobState job, Duration waited) {
        boolean hopeless = !job.running()
                && waited.compareTo(SAVEPOINT_PATIENCE) > 0
                && FlinkDeployments.savepointOnDeletion(job.spec());
        return Deployed.of(situation, slot)
                .applied()
                .filter(revision -> hopeless)
                .map(revision -> new Action.ApplyFlinkDeployment(
                        slot,
                        revision,
                        JobRequest.running().withoutSavepointOnDeletion(),
                        job.resourceVersion(),
                        "its job does not run, so that it is deleted without a savepoint"));
    }

    private static CleanupPlan waiting(List<Action> actions, String waitingFor) {
        return new CleanupPlan(actions, false, waitingFor, Optional.empty());
    }

    /** KafkaTopics that carry our label and whose policy is Delete; a topic that somebody else manages never goes. */
    private static List<TopicState> doomed(Situation situation) {
        String self = situation.id().namespace() + "/" + situation.id().name();
        String namespace = KafkaTopics.namespace(situation.spec(), situation.id());
        if (!situation.defaults().tenants().allowsTopicDelete(situation.id().namespace())) {
            return List.of();
        }
        return NamedTopic.of(situation.spec()).stream()
                .filter(named -> named.managed() && named.topic().deletionPolicy() == Topic.DeletionPolicy.Delete)
                .flatMap(named ->
                        situation.seen().topics(namespace, named.topic().name()).stream())
                .filter(topic -> self.equals(topic.pipeline()))
                .toList();
    }

    private static String names(Situation situation, Map<Slot, FlinkJobState> jobs) {
        return jobs.values().stream()
                .map(job -> job.reference(situation.id().namespace()))
                .sorted()
                .toList()
                .toString();
    }
}
