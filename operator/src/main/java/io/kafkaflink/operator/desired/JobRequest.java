package io.kafkaflink.operator.desired;

/**
 * What is asked of the job of a FlinkDeployment beside its revision.
 *
 * @param upgradeMode how state is carried over this change
 * @param initialSavepointPath where a FlinkDeployment that FKO has not deployed yet starts from, null for no state
 */
public record JobRequest(State state, UpgradeMode upgradeMode, String initialSavepointPath) {

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
