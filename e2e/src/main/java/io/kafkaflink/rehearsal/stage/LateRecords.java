package io.kafkaflink.rehearsal.stage;

import io.kafkaflink.processes.FlinkRest;
import io.kafkaflink.processes.FlinkRestException;
import io.kafkaflink.processes.JobDetails;
import java.util.List;
import java.util.OptionalLong;

/** The job's own count of the records that it dropped as late: a metric that the job keeps in its savepoints. */
final class LateRecords {
    private static final String METRIC = "lateRecords";

    private LateRecords() {}

    /** The sum over all subtasks; empty while no subtask reports it, or nobody answers. */
    static OptionalLong of(FlinkRest rest, String jobId) {
        try {
            OptionalLong sum = OptionalLong.empty();
            for (JobDetails.Vertex vertex : rest.job(jobId).vertices()) {
                List<String> names = rest.metricNames(jobId, vertex.id()).stream()
                        .filter(name -> name.equals(METRIC) || name.endsWith("." + METRIC))
                        .toList();
                if (!names.isEmpty()) {
                    double part = rest.metricSums(jobId, vertex.id(), names).values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum();
                    sum = OptionalLong.of(sum.orElse(0) + Math.round(part));
                }
            }
            return sum;
        } catch (FlinkRestException noAnswer) {
            return OptionalLong.empty();
        }
    }
}
