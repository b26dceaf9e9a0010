package io.kafkaflink.kubectl;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The savepoints that are known. */
@Command(name = "savepoints", description = "Lists the savepoints in status, newest first.")
final class SavepointsCommand extends PipelineCommand {
    @Mixin
    private OutputOption output;

    @Override
    void run(Pipelines pipelines, KafkaFlinkPipeline pipeline, PrintWriter out) {
        List<SavepointStatus> savepoints =
                pipeline.getStatus() == null ? List.of() : pipeline.getStatus().savepoints();
        output.print(savepoints, () -> text(savepoints), pipelines.client(), out);
    }

    static String text(List<SavepointStatus> savepoints) {
        if (savepoints.isEmpty()) {
            return "No savepoint is known; one is taken when the job is suspended or changed.";
        }
        Table table = new Table("TAKEN", "REASON", "REVISION", "JOB", "PATH");
        savepoints.forEach(savepoint -> table.row(
                savepoint.takenAt(), savepoint.reason(), savepoint.revision(), savepoint.jobId(), savepoint.path()));
        return table.toString();
    }
}
