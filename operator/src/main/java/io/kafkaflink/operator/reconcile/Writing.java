package io.kafkaflink.operator.reconcile;

import io.kafkaflink.operator.apply.ServerSideWriter;
import io.kafkaflink.operator.apply.StatusJournal;
import io.kafkaflink.operator.apply.UpgradeJournal;

/** The two ways out of the operator to the API: children and status. */
public record Writing(WriterFactory writers, UpgradeJournal journal) {

    /** To the API server, by server-side apply. */
    public static Writing serverSide() {
        return new Writing(ServerSideWriter::new, new StatusJournal());
    }
}
