package io.kafkaflink.operator.desired;

/**
 * What is asked of the job of a FlinkDeployment beside its revision.
 *
 * @param upgradeMode how state is carried over this change
 * @param initialSavepointPath where a FlinkDeployment that FKO has not deployed yet starts from, null for no state
 * @param savepointOnDeletion whether FKO takes a savepoint when the resource is deleted. It fails to delete a job that
 *     neither runs nor has ended then, and tries for ever
 */
public record JobRequest(
        State state, UpgradeMode upgradeMode, String initialSavepointPath, boolean savepointOnDeletion) {

    public JobRequest(State state, UpgradeMode upgradeMode, String initialSavepointPath) {
        this(state, upgradeMode, initialSavepointPath, true);
    }

    /** The same, to be deleted without a savepoint. */
    public JobRequest withoutSavepointOnDeletion() {
        return new JobRequest(state, upgradeMode, initialSavepointPath, false);
    }

    /** Whether the job should run. */
    public enum State {
        RUNNING("running"),
        SUSPENDED("suspended");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** FKO's spelling in {@code spec.job.state}. */
        public String text() {
            return text;
        }
    }

    /** How FKO carries state over a change. */
    public enum UpgradeMode {
        SAVEPOINT("savepoint"),
        LAST_STATE("last-state");

        private final String text;

        UpgradeMode(String text) {
            this.text = text;
        }

        /** FKO's spelling in {@code spec.job.upgradeMode}. */
        public String text() {
            return text;
        }
    }

    public static JobRequest running() {
        return new JobRequest(State.RUNNING, UpgradeMode.SAVEPOINT, null);
    }

    public static JobRequest suspended() {
        return new JobRequest(State.SUSPENDED, UpgradeMode.SAVEPOINT, null);
    }
}
