package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code status} of a FlinkDeployment to and from JSON, with the fields that the recordings show. */
final class FlinkStatusCodec {

    private FlinkStatusCodec() {}

    static Optional<FlinkStatus> read(JsonNode status) {
        if (!status.has("reconciliationStatus")) {
            return Optional.empty();
        }
        JsonNode observed = status.path("observedGeneration");
        JsonNode managers = status.path("taskManager");
        Map<String, String> clusterInfo = new HashMap<>();
        status.path("clusterInfo")
                .properties()
                .forEach(e -> clusterInfo.put(e.getKey(), e.getValue().asText()));
        return Optional.of(new FlinkStatus(
                observed.isNumber() ? OptionalLong.of(observed.asLong()) : OptionalLong.empty(),
                LifecycleState.valueOf(status.path("lifecycleState").asText("CREATED")),
                reconciliation(status.path("reconciliationStatus")),
                job(status.path("jobStatus")),
                JobManagerStatus.valueOf(
                        status.path("jobManagerDeploymentStatus").asText("MISSING")),
                text(status.path("error")),
                condition(status.path("conditions")),
                clusterInfo,
                new FlinkStatus.TaskManagers(
                        managers.path("labelSelector").asText(""),
                        managers.path("replicas").asInt())));
    }

    static ObjectNode write(FlinkStatus status) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode clusterInfo = root.putObject("clusterInfo");
        status.clusterInfo().forEach(clusterInfo::put);
        ArrayNode conditions = root.putArray("conditions");
        status.condition().ifPresent(c -> conditions
                .addObject()
                .put("lastTransitionTime", c.lastTransitionTime())
                .put("message", c.message())
                .put("reason", c.reason())
                .put("status", c.running() ? "True" : "False")
                .put("type", "Running"));
        status.error().ifPresent(error -> root.put("error", error));
        root.put("jobManagerDeploymentStatus", status.jobManager().name());
        root.set("jobStatus", job(status.job()));
        root.put("lifecycleState", status.lifecycle().name());
        status.observedGeneration().ifPresent(generation -> root.put("observedGeneration", generation));
        root.set("reconciliationStatus", reconciliation(status.reconciliation()));
        root.putObject("taskManager")
                .put("labelSelector", status.taskManagers().labelSelector())
                .put("replicas", status.taskManagers().replicas());
        return root;
    }

    private static ObjectNode job(FlinkStatus.Job job) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject("checkpointInfo").put("lastPeriodicCheckpointTimestamp", 0);
        job.jobId().ifPresent(id -> node.put("jobId", id));
        job.name().ifPresent(name -> node.put("jobName", name));
        node.putObject("savepointInfo").put("lastPeriodicSavepointTimestamp", 0).putArray("savepointHistory");
        job.startTime().ifPresent(time -> node.put("startTime", time));
        job.state().ifPresent(state -> node.put("state", state.name()));
        job.updateTime().ifPresent(time -> node.put("updateTime", time));
        job.upgradeSavepointPath().ifPresent(path -> node.put("upgradeSavepointPath", path));
        return node;
    }

    private static ObjectNode reconciliation(FlinkStatus.Reconciliation reconciliation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        reconciliation.lastReconciled().ifPresent(spec -> node.put("lastReconciledSpec", spec.json()));
        reconciliation.lastStable().ifPresent(spec -> node.put("lastStableSpec", spec.json()));
        node.put("reconciliationTimestamp", reconciliation.timestamp());
        node.put("state", reconciliation.upgrading() ? "UPGRADING" : "DEPLOYED");
        return node;
    }

    private static FlinkStatus.Job job(JsonNode job) {
        return new FlinkStatus.Job(
                text(job.path("state")).map(FlinkJobState::valueOf),
                text(job.path("jobId")),
                text(job.path("jobName")),
                text(job.path("startTime")),
                text(job.path("updateTime")),
                text(job.path("upgradeSavepointPath")));
    }

    private static FlinkStatus.Reconciliation reconciliation(JsonNode reconciliation) {
        return new FlinkStatus.Reconciliation(
                reconciliation.path("state").asText().toUpperCase(Locale.ROOT).equals("UPGRADING"),
                text(reconciliation.path("lastReconciledSpec")).map(ReconciledSpec::parse),
                text(reconciliation.path("lastStableSpec")).map(ReconciledSpec::parse),
                reconciliation.path("reconciliationTimestamp").asLong());
    }

    private static Optional<FlinkStatus.Condition> condition(JsonNode conditions) {
        for (JsonNode c : conditions) {
            if (c.path("type").asText().equals("Running")) {
                return Optional.of(new FlinkStatus.Condition(
                        c.path("status").asText().equals("True"),
                        c.path("reason").asText(),
                        c.path("message").asText(),
                        c.path("lastTransitionTime").asText()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node.asText());
    }
}
