package io.kafkaflink.operator.desired;

import io.kafkaflink.model.JobConfiguration.Uids;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rendered state of a pipeline that was or will be applied. Immutable once stored: as long as the inputs do not change
 * it is the desired state, whatever a newer operator would render.
 *
 * @param name {@code <pipeline>-<hash8>}, eight hex digits over everything below but the renderer's version; also the
 *     name of its ControllerRevision and its ConfigMap
 * @param uidChangeNonce {@code spec.upgrade.uidChangeNonce} it was rendered with
 * @param uidRequest token of the request for new uids that led to it, null for none
 * @param inputHash hash of the spec fields and the parallelism it was rendered from ({@link InputHash})
 * @param rendererVersion version of the rendering code, for people
 * @param configHash SHA-256 of the job configuration, the job's {@code --config-hash}
 * @param jobConfiguration canonical YAML, the content of {@code pipeline.yaml}
 * @param labels labels of the children as rendered, so that a later operator with other labels changes nothing
 * @param deploymentSpec complete FlinkDeployment spec with {@code job.state: running} and {@code upgradeMode: savepoint}
 */
public record Revision(
        String name,
        String inputHash,
        Uids uids,
        long uidChangeNonce,
        String uidRequest,
        int parallelism,
        String flinkVersion,
        String connectorVersion,
        String rendererVersion,
        String configHash,
        String jobConfiguration,
        Map<String, String> labels,
        Map<String, Object> deploymentSpec) {

    public Revision {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        deploymentSpec = Collections.unmodifiableMap(new TreeMap<>(deploymentSpec));
    }

    /** The same content under its name. */
    Revision named(String newName, Map<String, Object> newSpec) {
        return new Revision(
                newName,
                inputHash,
                uids,
                uidChangeNonce,
                uidRequest,
                parallelism,
                flinkVersion,
                connectorVersion,
                rendererVersion,
                configHash,
                jobConfiguration,
                labels,
                newSpec);
    }

    /** Where its job keeps state. */
    public String stateBackend() {
        return deploymentSpec.get("flinkConfiguration") instanceof Map<?, ?> options
                ? StateOptions.backend(options)
                : StateOptions.backend(Map.of());
    }

    public VersionPair versions() {
        return new VersionPair(flinkVersion, connectorVersion);
    }
}
