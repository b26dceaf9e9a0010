package io.kafkaflink.operator.desired;

/** Prefixes of the transactional ids of a pipeline's Kafka sinks. */
public final class TransactionalIdPrefixes {
    private TransactionalIdPrefixes() {}

    /**
     * {@code [identityPrefix.]<namespace>.<name>.<sink>.}. Namespaces and names of pipelines and sinks have no dots and the
     * prefix ends with one, so none is the beginning of another: a sink that starts aborts every transaction under its
     * prefix.
     */
    public static String of(PipelineId pipeline, String sink, OperatorDefaults defaults) {
        return defaults.identity() + pipeline.namespace() + "." + pipeline.name() + "." + sink + ".";
    }
}
