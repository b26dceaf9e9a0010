package io.kafkaflink.processes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The {@code config.yaml} of a Flink cluster on this machine. */
final class FlinkConfiguration {
    static final String HOST = "127.0.0.1";

    private FlinkConfiguration() {}

    /**
     * The configuration of the FlinkDeployment, between what it may change and what this machine decides.
     *
     * @param temp folder for all temporary files
     */
    static SortedMap<String, String> of(FlinkClusterSpec spec, int restPort, int rpcPort, Path temp) {
        SortedMap<String, String> all = new TreeMap<>();
        // What the Flink operator sets for every application (FlinkConfigBuilder): the JobManager stays after the end
        // of the job, so that its state can be asked for.
        all.put("execution.shutdown-on-application-finish", "false");
        if (spec.configuration().getOrDefault("high-availability.type", "NONE").equalsIgnoreCase("kubernetes")) {
            all.put("execution.submit-failed-job-on-application-error", "true");
        }
        results(spec, all);
        all.put("web.submit.enable", "false");
        all.put("web.cancel.enable", "false");
        all.put("taskmanager.numberOfTaskSlots", "1");
        // A day in milliseconds: a request for slots waits for TaskManagers, as it does on Kubernetes.
        all.put("resourcemanager.standalone.start-up-time", "86400000");
        // Milliseconds. A TaskManager that is up before its JobManager would wait 10 s, metrics be 10 s old and states
        // 3 s.
        all.put("cluster.registration.error-delay", "500");
        all.put("web.refresh-interval", "1000");
        all.put("metrics.fetcher.update-interval", "1000");
        all.putAll(spec.configuration());
        all.put("parallelism.default", Integer.toString(spec.job().parallelism()));
        addresses(all, restPort, rpcPort);
        memory(all, spec.memory());
        all.put("io.tmp.dirs", temp.toString());
        all.put("web.tmpdir", temp.toString());
        return all;
    }

    /**
     * The Flink operator keeps the results of jobs (ApplicationReconciler, FLINK-27569): a JobManager that leads again after its
     * job was stopped knows it and does not run the job once more. Each start has a store of its own.
     */
    private static void results(FlinkClusterSpec spec, Map<String, String> all) {
        String storage = spec.configuration().get("high-availability.storageDir");
        if (storage != null) {
            all.put("job-result-store.delete-on-commit", "false");
            all.put("job-result-store.storage-path", storage + "/job-result-store/" + UUID.randomUUID());
        }
    }

    private static void addresses(Map<String, String> all, int restPort, int rpcPort) {
        all.put("jobmanager.rpc.address", HOST);
        all.put("jobmanager.bind-host", HOST);
        all.put("jobmanager.rpc.port", Integer.toString(rpcPort));
        // With high availability Flink takes the port of the JobManager from this key instead.
        all.put("high-availability.jobmanager.port", Integer.toString(rpcPort));
        all.put("taskmanager.host", HOST);
        all.put("taskmanager.bind-host", HOST);
        all.put("rest.address", HOST);
        all.put("rest.bind-address", HOST);
        all.put("rest.port", Integer.toString(restPort));
        all.put("rest.bind-port", Integer.toString(restPort));
        all.put("blob.server.port", "0");
        all.put("taskmanager.rpc.port", "0");
        all.put("taskmanager.data.port", "0");
    }

    /** Flink's scripts compute these from the size of the container before they start a TaskManager. */
    private static void memory(Map<String, String> all, FlinkMemory memory) {
        all.keySet().removeIf(key -> key.contains("manager.memory."));
        all.put("taskmanager.cpu.cores", "1.0");
        all.put("taskmanager.memory.framework.heap.size", FlinkMemory.FRAMEWORK_HEAP + "m");
        all.put("taskmanager.memory.framework.off-heap.size", FlinkMemory.FRAMEWORK_OFF_HEAP + "m");
        all.put("taskmanager.memory.task.heap.size", memory.taskHeap() + "m");
        all.put("taskmanager.memory.task.off-heap.size", "0m");
        all.put("taskmanager.memory.network.min", memory.network() + "m");
        all.put("taskmanager.memory.network.max", memory.network() + "m");
        all.put("taskmanager.memory.managed.size", memory.managed() + "m");
        all.put("taskmanager.memory.jvm-metaspace.size", FlinkMemory.METASPACE + "m");
        all.put("taskmanager.memory.jvm-overhead.min", "64m");
        all.put("taskmanager.memory.jvm-overhead.max", "64m");
    }

    /** One flat {@code "key": "value"} a line, strings in JSON form, which is YAML too. */
    static String yaml(SortedMap<String, String> configuration) {
        ObjectMapper json = new ObjectMapper();
        StringBuilder text = new StringBuilder();
        try {
            for (Map.Entry<String, String> entry : configuration.entrySet()) {
                text.append(json.writeValueAsString(entry.getKey()))
                        .append(": ")
                        .append(json.writeValueAsString(entry.getValue()))
                        .append('\n');
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A Flink setting cannot be written", e);
        }
        return text.toString();
    }
}
