package io.kafkaflink.doubles.flink;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The status while a pass changes it. Lives as long as one step. */
final class StatusDraft {

    private OptionalLong observedGeneration;
    private boolean upgrading;
    private Optional<ReconciledSpec> last;
    private Optional<ReconciledSpec> stable;
    private long timestamp;
    private FlinkStatus.Job job;
    private Optional<FlinkStatus.Condition> condition;
    private Map<String, String> clusterInfo;
    private FlinkStatus.TaskManagers taskManagers;
    JobManagerStatus jobManager;
    Optional<String> error;

    StatusDraft(FlinkStatus status) {
        observedGeneration = status.observedGeneration();
        upgrading = status.reconciliation().upgrading();
        last = status.reconciliation().lastReconciled();
        stable = status.reconciliation().lastStable();
        timestamp = status.reconciliation().timestamp();
        job = status.job();
        condition = status.condition();
        clusterInfo = status.clusterInfo();
        taskManagers = status.taskManagers();
        jobManager = status.jobManager();
        error = status.error();
    }

    FlinkStatus toStatus() {
        return new FlinkStatus(
                observedGeneration,
                lifecycle(),
                new FlinkStatus.Reconciliation(upgrading, last, stable, timestamp),
                job,
                jobManager,
                error,
                condition,
                clusterInfo,
                taskManagers);
    }

    boolean neverDeployed() {
        return last.isEmpty();
    }

    boolean upgrading() {
        return upgrading;
    }

    Optional<ReconciledSpec> last() {
        return last;
    }

    FlinkSpec lastSpec() {
        return last.orElseThrow().spec();
    }

    boolean stable() {
        return last.isPresent() && last.equals(stable);
    }

    Optional<FlinkJobState> jobState() {
        return job.state();
    }

    boolean running() {
        return job.state().filter(state -> state == FlinkJobState.RUNNING).isPresent();
    }

    boolean terminal() {
        return job.state().filter(FlinkJobState::terminal).isPresent();
    }

    Optional<String> jobId() {
        return job.jobId();
    }

    Optional<String> savepointPath() {
        return job.upgradeSavepointPath();
    }

    void jobState(FlinkJobState state) {
        job = new FlinkStatus.Job(
                Optional.of(state),
                job.jobId(),
                job.name(),
                job.startTime(),
                job.updateTime(),
                job.upgradeSavepointPath());
    }

    void seen(FlinkJobState state, String name, long startTime, Instant now) {
        boolean changed = !job.state().equals(Optional.of(state));
        job = new FlinkStatus.Job(
                Optional.of(state),
                job.jobId(),
                Optional.of(name),
                Optional.of(Long.toString(startTime)),
                changed ? Optional.of(Long.toString(now.toEpochMilli())) : job.updateTime(),
                job.upgradeSavepointPath());
    }

    void jobId(String id) {
        job = new FlinkStatus.Job(
                job.state(),
                Optional.of(id),
                job.name(),
                job.startTime(),
                job.updateTime(),
                job.upgradeSavepointPath());
    }

    void savepointPath(Optional<String> path) {
        job = new FlinkStatus.Job(job.state(), job.jobId(), job.name(), job.startTime(), job.updateTime(), path);
    }

    void cluster(Map<String, String> info, FlinkStatus.TaskManagers managers) {
        clusterInfo = info;
        taskManagers = managers;
    }

    void noTaskManagers() {
        taskManagers = new FlinkStatus.TaskManagers("", 0);
    }

    /** Only the generation: nothing but IGNORE fields has changed. */
    void observe(long generation) {
        observedGeneration = OptionalLong.of(generation);
    }

    /** The spec is recorded as suspended on the way to a new deploy. */
    void recordUpgrading(FlinkDeployment resource, UpgradeMode mode, Instant now) {
        record(resource, DesiredState.SUSPENDED, mode, last.isEmpty() || (firstSoFar() && notDeployedYet()), now);
        upgrading = true;
    }

    /** The spec is recorded as what is there now. */
    void recordDone(FlinkDeployment resource, DesiredState state, UpgradeMode mode, Instant now) {
        record(resource, state, mode, firstSoFar() && (upgrading || state == DesiredState.SUSPENDED), now);
        upgrading = false;
    }

    boolean observes(OptionalLong generation) {
        return generation.isPresent() && generation.equals(observedGeneration);
    }

    /**
     * The cluster was deployed and the process ended before it could say so
     * (flink-kubernetes-operator, ReconciliationUtils.updateStatusForAlreadyUpgraded).
     */
    void alreadyDeployed() {
        FlinkSpec spec = lastSpec();
        last = Optional.of(new ReconciledSpec(spec.with(DesiredState.RUNNING, spec.upgradeMode()), firstSoFar()));
        upgrading = false;
        jobState(FlinkJobState.RECONCILING);
        jobManager = JobManagerStatus.DEPLOYING;
    }

    /** A cancellation is under way: nothing is recorded yet. */
    void cancelling() {
        upgrading = true;
        jobState(FlinkJobState.CANCELLING);
    }

    void markStable() {
        stable = last;
    }

    /** The condition follows the job state, but only at the end of a pass. */
    void updateCondition(Instant now) {
        job.state().ifPresent(state -> {
            boolean same =
                    condition.filter(old -> old.reason().equals(state.reason())).isPresent();
            if (!same) {
                condition = Optional.of(new FlinkStatus.Condition(
                        state == FlinkJobState.RUNNING, state.reason(), "Job status " + state, now.toString()));
            }
        });
    }

    private boolean notDeployedYet() {
        return upgrading && lastSpec().state() == DesiredState.SUSPENDED;
    }

    private boolean firstSoFar() {
        return last.filter(ReconciledSpec::firstDeployment).isPresent();
    }

    private void record(FlinkDeployment resource, DesiredState state, UpgradeMode mode, boolean first, Instant now) {
        last = Optional.of(new ReconciledSpec(resource.spec().with(state, mode), first));
        observedGeneration = OptionalLong.of(resource.generation());
        timestamp = now.toEpochMilli();
        error = Optional.empty();
    }

    private LifecycleState lifecycle() {
        if (last.isEmpty()) {
            return error.isEmpty() ? LifecycleState.CREATED : LifecycleState.FAILED;
        }
        if (upgrading) {
            return LifecycleState.UPGRADING;
        }
        if (lastSpec().state() == DesiredState.SUSPENDED) {
            return LifecycleState.SUSPENDED;
        }
        if (job.state().filter(state -> state == FlinkJobState.FAILED).isPresent()) {
            return LifecycleState.FAILED;
        }
        return stable() ? LifecycleState.STABLE : LifecycleState.DEPLOYED;
    }
}
