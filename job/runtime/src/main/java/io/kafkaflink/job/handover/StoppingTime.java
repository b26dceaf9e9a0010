package io.kafkaflink.job.handover;

import io.kafkaflink.model.PointInTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The time up to which is read: as long as it is ahead nobody knows which record is the last before it. */
final class StoppingTime {
    private StoppingTime() {}

    static List<Finding> ahead(NewJob job, Instant now) {
        return job.source()
                .flatMap(source -> Optional.ofNullable(source.stoppingOffsets()))
                .flatMap(stop -> Optional.ofNullable(stop.timestamp()))
                .filter(timestamp -> PointInTime.parse(timestamp).isAfter(now))
                .map(timestamp -> Finding.unfit(
                        "StoppingTimeAhead",
                        "source.kafka.stoppingOffsets.timestamp: found " + timestamp + ", expected a time before "
                                + now.truncatedTo(ChronoUnit.SECONDS)
                                + ": its records are not all there yet. Wait until it is past, or set an earlier one"))
                .map(List::of)
                .orElse(List.of());
    }
}
