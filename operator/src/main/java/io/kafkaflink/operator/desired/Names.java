package io.kafkaflink.operator.desired;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of children and of what is mounted into the job; lengths follow from at most 40 characters of a pipeline. */
public final class Names {
    /** Folder of the job configuration in the Flink containers. */
    public static final String CONFIG_FOLDER = "/opt/kafkaflink/config";
    /** Key of the revision's ConfigMap and name of the mounted file. */
    public static final String CONFIG_FILE = "pipeline.yaml";
    /** Volume of the pod template that mounts the revision's ConfigMap. */
    public static final String CONFIG_VOLUME = "kafkaflink-config";
    /** Flink's name for the container that it puts its process into; pod templates refer to it by this name. */
    public static final String MAIN_CONTAINER = "flink-main-container";

    static final int HASH_DIGITS = 8;
    private static final int LONGEST_RESOURCE_NAME = 253;
    /** Of a derived name, so that a list of resources stays readable. */
    private static final int LONGEST_DERIVED_NAME = 63;

    private static final Pattern RESOURCE_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private Names() {}

    /** {@code <pipeline>-<hash8>}: the ControllerRevision and the ConfigMap of a revision. */
    static String revision(PipelineId pipeline, String contentHash) {
        return pipeline.name() + "-" + contentHash.substring(0, HASH_DIGITS);
    }

    /**
     * Name of the KafkaTopic resource of a topic: the topic's own name where Kubernetes admits it, else its letters and
     * digits in lower case, shortened, with a hash of the full name, so that topics that differ in case stay apart.
     */
    public static String topicResource(String topicName) {
        if (topicName.length() <= LONGEST_RESOURCE_NAME
                && RESOURCE_NAME.matcher(topicName).matches()) {
            return topicName;
        }
        String hash = CanonicalJson.sha256(topicName).substring(0, HASH_DIGITS);
        String readable = topicName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        int room = LONGEST_DERIVED_NAME - HASH_DIGITS - 1;
        String shortened =
                readable.substring(0, Math.min(readable.length(), room)).replaceAll("^-|-$", "");
        return shortened.isEmpty() ? "topic-" + hash : shortened + "-" + hash;
    }
}
