package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.DrainReport;
import java.util.Optional;

/** Watches the job that is taken over from. */
interface DrainWatch {

    /** Looks once; the report, as soon as that job has read on far enough. What cannot be read now is looked at later. */
    Optional<DrainReport> look();
}
