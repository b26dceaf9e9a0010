package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A Kafka to Flink to Kafka pipeline: its topics, its Flink job, and how it is taken through changes. */
@Group(KafkaFlinkPipeline.GROUP)
@Version(KafkaFlinkPipeline.VERSION)
@Kind(KafkaFlinkPipeline.KIND)
@Plural(KafkaFlinkPipeline.PLURAL)
@Singular("kafkaflinkpipeline")
@ShortNames("kfp")
@Categories("streaming")
@JsonClassDescription("A pipeline from Kafka through Flink to Kafka: the operator creates its topics and one"
        + " FlinkDeployment with a subtask a partition, and takes the job through every change by savepoint.")
@ValidationRule(
        value = "self.metadata.name.matches('" + KafkaFlinkPipeline.NAME_PATTERN + "')",
        message = "metadata.name must be 1 to 40 characters of a-z, 0-9 and '-', start with a letter and end with a"
                + " letter or digit (no dots): names of children and transactional ids are derived from it")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Job", jsonPath = ".status.job")
@AdditionalPrinterColumn(
        name = "Partitions",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.partitions")
@AdditionalPrinterColumn(
        name = "Parallelism",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.deployed.parallelism")
@AdditionalPrinterColumn(name = "Upgrade", jsonPath = ".status.upgrade.step")
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(name = "Flink", priority = 1, jsonPath = ".status.deployed.flinkVersion")
@AdditionalPrinterColumn(name = "Connector", priority = 1, jsonPath = ".status.deployed.connectorVersion")
@AdditionalPrinterColumn(name = "Message", priority = 1, jsonPath = ".status.conditions[?(@.type==\"Ready\")].message")
public class KafkaFlinkPipeline extends CustomResource<PipelineSpec, PipelineStatus> implements Namespaced {
    public static final String GROUP = "kafkaflink.io";
    public static final String VERSION = "v1alpha1";
    public static final String KIND = "KafkaFlinkPipeline";
    public static final String PLURAL = "kafkaflinkpipelines";
    public static final String CRD_NAME = PLURAL + "." + GROUP;

    /** Room for a suffix under the FlinkDeployment limit of 45; no dots, so that prefixes of two pipelines never nest. */
    public static final String NAME_PATTERN = "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$";

    private static final long serialVersionUID = 1L;

    @JsonIgnore
    private String unreadable;

    @Override
    @Required
    @JsonPropertyDescription("What the pipeline should be.")
    public PipelineSpec getSpec() {
        return super.getSpec();
    }

    /** The default makes a new object read as "in progress" to kstatus, Flux and Helm before the operator has seen it. */
    @Override
    @Default("{\"observedGeneration\": -1}")
    @JsonPropertyDescription("What the operator has seen and done. Written by the operator only.")
    public PipelineStatus getStatus() {
        return super.getStatus();
    }

    /**
     * Why {@code spec} could not be read, null when it could: then it is null. Only in memory, see {@link
     * ResourceSerialization#lenient}.
     */
    @JsonIgnore
    public String getUnreadable() {
        return unreadable;
    }

    @JsonIgnore
    public void setUnreadable(String reason) {
        this.unreadable = reason;
    }
}
