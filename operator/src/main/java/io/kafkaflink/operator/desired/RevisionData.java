package io.kafkaflink.operator.desired;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.JobConfigurationYaml;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The content of a ControllerRevision: the members of a revision as JSON. */
final class RevisionData {
    private static final String INPUT_HASH = "inputHash";
    private static final String UIDS = "uids";
    private static final String SOURCE = "source";
    private static final String SINKS = "sinks";
    private static final String UID_CHANGE_NONCE = "uidChangeNonce";
    private static final String UID_REQUEST = "uidRequest";
    private static final String PARALLELISM = "parallelism";
    private static final String FLINK_VERSION = "flinkVersion";
    private static final String CONNECTOR_VERSION = "connectorVersion";
    private static final String RENDERER_VERSION = "rendererVersion";
    private static final String CONFIG_HASH = "configHash";
    private static final String JOB_CONFIGURATION = "jobConfiguration";
    private static final String LABELS = "labels";
    private static final String DEPLOYMENT_SPEC = "flinkDeploymentSpec";

    private RevisionData() {}

    static Map<String, Object> write(Revision revision) {
        Map<String, Object> uids = new TreeMap<>();
        uids.put(SOURCE, revision.uids().source());
        uids.put(SINKS, revision.uids().sinks());
        Map<String, Object> data = new TreeMap<>();
        data.put(INPUT_HASH, revision.inputHash());
        data.put(UIDS, uids);
        // Not written where they say nothing, so that a revision has the name it had before they existed.
        data.put(UID_CHANGE_NONCE, revision.uidChangeNonce() == 0 ? null : revision.uidChangeNonce());
        data.put(UID_REQUEST, revision.uidRequest());
        data.put(PARALLELISM, revision.parallelism());
        data.put(FLINK_VERSION, revision.flinkVersion());
        data.put(CONNECTOR_VERSION, revision.connectorVersion());
        data.put(RENDERER_VERSION, revision.rendererVersion());
        data.put(CONFIG_HASH, revision.configHash());
        data.put(JOB_CONFIGURATION, revision.jobConfiguration());
        data.put(LABELS, revision.labels());
        data.put(DEPLOYMENT_SPEC, revision.deploymentSpec());
        return CanonicalJson.normalizedMap(data);
    }

    /** SHA-256 over everything but the renderer's version: two operators that render the same share a revision. */
    static String contentHash(Revision revision) {
        Map<String, Object> content = new TreeMap<>(write(revision));
        content.remove(RENDERER_VERSION);
        return CanonicalJson.sha256(CanonicalJson.write(content));
    }

    static Revision read(ControllerRevision stored) throws InvalidRevision {
        StoredMembers data = StoredMembers.of(stored);
        StoredMembers uids = data.object(UIDS);
        String jobConfiguration = data.text(JOB_CONFIGURATION);
        String configHash = data.text(CONFIG_HASH);
        String actual = JobConfigurationYaml.sha256(jobConfiguration.getBytes(StandardCharsets.UTF_8));
        if (!actual.equals(configHash)) {
            throw data.invalid(JOB_CONFIGURATION, "SHA-256 " + actual, CONFIG_HASH + " " + configHash);
        }
        StoredMembers deploymentSpec = data.object(DEPLOYMENT_SPEC);
        deploymentSpec.object("job");
        return new Revision(
                stored.getMetadata().getName(),
                data.text(INPUT_HASH),
                new Uids(uids.text(SOURCE), uids.texts(SINKS)),
                data.wholeNumberOr(UID_CHANGE_NONCE, 0),
                data.textOr(UID_REQUEST, null),
                data.wholeNumber(PARALLELISM),
                data.text(FLINK_VERSION),
                data.text(CONNECTOR_VERSION),
                data.textOr(RENDERER_VERSION, "unknown"),
                configHash,
                jobConfiguration,
                data.texts(LABELS),
                deploymentSpec.members());
    }
}
