package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.doubles.NotRecorded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * {@code spec} of a FlinkDeployment in the canonical form of lastReconciledSpec: every known field in the order of the
 * recordings, absent ones null, the operator's defaults filled in ({@code state: running}, {@code upgradeMode:
 * stateless}, {@code allowNonRestoredState: false}, one JobManager). Immutable.
 */
public final class FlinkSpec {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TAIL =
            List.of("image", "imagePullPolicy", "serviceAccount", "flinkVersion", "ingress", "podTemplate");

    private final ObjectNode canonical;
    private final Map<String, String> configuration;

    private FlinkSpec(ObjectNode canonical, Map<String, String> configuration) {
        this.canonical = canonical;
        this.configuration = configuration;
    }

    /** Reads a raw or a canonical spec. */
    public static FlinkSpec of(JsonNode raw) {
        if (raw.path("job").isMissingNode() || raw.path("job").isNull()) {
            throw new NotRecorded("a FlinkDeployment without spec.job (a session cluster)");
        }
        Map<String, String> configuration = new TreeMap<>();
        flatten("", raw.path("flinkConfiguration"), configuration);
        ObjectNode spec = NODES.objectNode();
        spec.set("job", job(raw.path("job")));
        spec.set("restartNonce", orNull(raw.path("restartNonce")));
        ObjectNode flat = spec.putObject("flinkConfiguration");
        configuration.forEach(flat::put);
        TAIL.forEach(field -> spec.set(field, orNull(raw.path(field))));
        spec.set("jobManager", component(raw.path("jobManager"), true));
        spec.set("taskManager", component(raw.path("taskManager"), false));
        spec.set("logConfiguration", orNull(raw.path("logConfiguration")));
        spec.set("mode", orNull(raw.path("mode")));
        return new FlinkSpec(spec, configuration);
    }

    /** The canonical form; not to be changed. */
    JsonNode json() {
        return canonical;
    }

    DesiredState state() {
        return DesiredState.of(job().path("state").asText());
    }

    UpgradeMode upgradeMode() {
        return UpgradeMode.of(job().path("upgradeMode").asText());
    }

    /** Parallelism of the job; 0 when absent. */
    public int parallelism() {
        return job().path("parallelism").asInt();
    }

    /** Arguments of main. */
    public List<String> args() {
        List<String> args = new ArrayList<>();
        job().path("args").forEach(arg -> args.add(arg.asText()));
        return args;
    }

    boolean allowNonRestoredState() {
        return job().path("allowNonRestoredState").asBoolean();
    }

    Optional<String> initialSavepointPath() {
        return text(job().path("initialSavepointPath")).filter(path -> !path.isEmpty());
    }

    OptionalLong savepointRedeployNonce() {
        JsonNode nonce = job().path("savepointRedeployNonce");
        return nonce.isNumber() ? OptionalLong.of(nonce.asLong()) : OptionalLong.empty();
    }

    /** Image of the pods, empty when absent. */
    public String image() {
        return text(canonical.path("image")).orElse("");
    }

    String flinkVersion() {
        return text(canonical.path("flinkVersion")).orElse("");
    }

    Optional<String> serviceAccount() {
        return text(canonical.path("serviceAccount"));
    }

    String jarUri() {
        return text(job().path("jarURI")).orElse("");
    }

    Optional<String> entryClass() {
        return text(job().path("entryClass"));
    }

    Optional<String> mode() {
        return text(canonical.path("mode"));
    }

    int jobManagerReplicas() {
        return canonical.path("jobManager").path("replicas").asInt(1);
    }

    /** Number of TaskManagers asked for, absent means as many as the parallelism needs. */
    boolean hasTaskManagerReplicas() {
        return canonical.path("taskManager").path("replicas").isNumber();
    }

    /** Flink configuration, nested keys flattened, arrays joined by semicolons. */
    public Map<String, String> configuration() {
        return Collections.unmodifiableMap(configuration);
    }

    /** Pod templates that make up the JobManager's pod, later ones over earlier ones; absent ones are null nodes. */
    List<JsonNode> podTemplates() {
        return List.of(
                canonical.path("podTemplate"), canonical.path("jobManager").path("podTemplate"));
    }

    boolean highAvailability() {
        return configuration.getOrDefault("high-availability.type", "NONE").equalsIgnoreCase("kubernetes");
    }

    boolean flag(String key, boolean fallback) {
        return Boolean.parseBoolean(configuration.getOrDefault(key, Boolean.toString(fallback)));
    }

    FlinkSpec with(DesiredState state, UpgradeMode mode) {
        ObjectNode copy = canonical.deepCopy();
        ((ObjectNode) copy.path("job")).put("state", state.text()).put("upgradeMode", mode.text());
        return new FlinkSpec(copy, configuration);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlinkSpec spec && canonical.equals(spec.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return canonical.toString();
    }

    private JsonNode job() {
        return canonical.path("job");
    }

    private static ObjectNode job(JsonNode raw) {
        ObjectNode job = NODES.objectNode();
        job.set("jarURI", orNull(raw.path("jarURI")));
        job.put("parallelism", raw.path("parallelism").asInt());
        job.set("entryClass", orNull(raw.path("entryClass")));
        job.set("args", raw.path("args").isArray() ? raw.path("args") : NODES.arrayNode());
        job.put("state", raw.path("state").asText("running"));
        job.set("savepointTriggerNonce", orNull(raw.path("savepointTriggerNonce")));
        job.set("initialSavepointPath", orNull(raw.path("initialSavepointPath")));
        job.set("checkpointTriggerNonce", orNull(raw.path("checkpointTriggerNonce")));
        job.put("upgradeMode", raw.path("upgradeMode").asText("stateless"));
        job.put("allowNonRestoredState", raw.path("allowNonRestoredState").asBoolean());
        job.set("savepointRedeployNonce", orNull(raw.path("savepointRedeployNonce")));
        job.set("autoscalerResetNonce", orNull(raw.path("autoscalerResetNonce")));
        return job;
    }

    private static JsonNode component(JsonNode raw, boolean jobManager) {
        if (!raw.isObject()) {
            return NullNode.instance;
        }
        ObjectNode component = NODES.objectNode();
        component.set("resource", resource(raw.path("resource")));
        component.set(
                "replicas",
                jobManager ? NODES.numberNode(raw.path("replicas").asInt(1)) : orNull(raw.path("replicas")));
        component.set("podTemplate", orNull(raw.path("podTemplate")));
        return component;
    }

    private static JsonNode resource(JsonNode raw) {
        if (!raw.isObject()) {
            return NullNode.instance;
        }
        ObjectNode resource = NODES.objectNode();
        resource.set(
                "cpu",
                raw.path("cpu").isNumber() ? NODES.numberNode(raw.path("cpu").asDouble()) : NullNode.instance);
        resource.set("memory", orNull(raw.path("memory")));
        resource.set("ephemeralStorage", orNull(raw.path("ephemeralStorage")));
        return resource;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        node.properties().forEach(entry -> {
            String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                flatten(key, value, into);
            } else if (value.isArray()) {
                List<String> items = new ArrayList<>();
                value.forEach(item -> items.add(item.asText()));
                into.put(key, String.join(";", items));
            } else if (!value.isNull()) {
                into.put(key, value.asText());
            }
        });
    }

    private static Optional<String> text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node.asText());
    }

    private static JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? NullNode.instance : node;
    }
}
