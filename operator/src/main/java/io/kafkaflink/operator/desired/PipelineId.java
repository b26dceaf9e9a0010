package io.kafkaflink.operator.desired;

/**
 * Which pipeline is meant.
 *
 * @param uid {@code metadata.uid}, for owner references; no name or content of a child depends on it
 */
public record PipelineId(String namespace, String name, String uid) {

    /** {@code <namespace>/<name>}, as messages and {@code kafkaflink.io/adopt-by} spell it. */
    public String qualifiedName() {
        return namespace + "/" + name;
    }
}
