package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The Flink deployment, in the words of the Flink Kubernetes Operator. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FlinkSpec(
        @Required
        @Size(max = 10)
        @Pattern("^v[0-9]+_[0-9]+$")
        @JsonPropertyDescription("As the Flink Kubernetes Operator spells it, as in v2_2; with connectorVersion a pair "
                + "that the operator knows.")
        String flinkVersion,

        @Required
        @Size(max = 20)
        @Pattern("^[0-9]+\\.[0-9]+\\.[0-9]+$")
        @JsonPropertyDescription("Version of the Flink Kafka connector without the Flink suffix, as in 5.0.0.")
        String connectorVersion,

        @Size(min = 1, max = 500)
        @JsonPropertyDescription(
                "Image with Flink and the pipeline job; defaults to the operator's for the pair of" + " versions.")
        String image,

        @JsonPropertyDescription("When the image is pulled: Always, IfNotPresent or Never.")
        ImagePullPolicy imagePullPolicy,

        @Size(min = 1, max = 253)
        @JsonPropertyDescription("Service account of JobManager and TaskManagers; defaults to the operator's setting.")
        String serviceAccount,

        @JsonPropertyDescription("Another value restarts the job by savepoint, without any other change.")
        Long restartNonce,

        @PreserveUnknownFields
        @JsonPropertyDescription("Pod template for JobManager and TaskManagers, merged under what the operator sets;"
                + " the main container is named flink-main-container.")
        Map<String, Object> podTemplate,

        @Size(max = 20) @JsonPropertyDescription("Logging configuration files by name, as in log4j-console.properties.")
        Map<String, @Size(max = 20000) String> logConfiguration,

        @Min(1)
        @Max(32768)
        @JsonPropertyDescription("With topicPattern: number of subtasks. Else it follows from the partitions.")
        Integer parallelism,

        @Default("{}") @JsonPropertyDescription("The JobManager.")
        Process jobManager,

        @Default("{}") @JsonPropertyDescription("The TaskManagers; their number follows from the parallelism.")
        Process taskManager,

        @Size(max = 200)
        @JsonPropertyDescription("Flink options as strings, as in taskmanager.numberOfTaskSlots: \"2\". Options that"
                + " the operator owns are refused.")
        Map<String, @Size(max = 2000) String> flinkConfiguration) {

    public FlinkSpec {
        podTemplate = podTemplate == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(podTemplate));
        logConfiguration = sorted(logConfiguration);
        jobManager = jobManager == null ? new Process(null) : jobManager;
        taskManager = taskManager == null ? new Process(null) : taskManager;
        flinkConfiguration = sorted(flinkConfiguration);
    }

    private static Map<String, String> sorted(Map<String, String> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** When the kubelet pulls the image. */
    public enum ImagePullPolicy {
        Always,
        IfNotPresent,
        Never
    }

    /** One of Flink's two kinds of process. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Process(
            @Default("{}") @JsonPropertyDescription("Processor and memory of each pod.")
            Resource resource) {
        public Process {
            resource = resource == null ? new Resource(null, null) : resource;
        }
    }

    /** Requests of one pod. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resource(
            @Default("1")
            @Min(value = 0, inclusive = false)
            @Max(1024)
            @JsonPropertyDescription("Processor cores of each pod, as in 1 or 0.5.")
            Double cpu,

            @Default("2g")
            @Size(max = 20)
            @Pattern("^[0-9]{1,12} ?([kmgtKMGT]([iI]?[bB]?)|[bB])?$")
            @JsonPropertyDescription("Total memory of each pod, as in 2g, 2048m or 2Gi.")
            String memory) {
        public Resource {
            cpu = cpu == null ? 1.0 : cpu;
            memory = memory == null ? "2g" : memory;
        }
    }
}
