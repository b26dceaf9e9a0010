package io.kafkaflink.doubles.flink;

import java.util.Locale;

/** How state is kept over a restart: {@code spec.job.upgradeMode}. */
public enum UpgradeMode {
    STATELESS,
    SAVEPOINT,
    LAST_STATE;

    /** As it is spelled in a resource. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static UpgradeMode of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
