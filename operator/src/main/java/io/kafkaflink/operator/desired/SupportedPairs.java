package io.kafkaflink.operator.desired;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pairs of Flink and connector version that a job jar is built and tested for; a pair is a row of this table. */
public final class SupportedPairs {
    private static final Map<VersionPair, String> JOB_JARS = Map.of(
            new VersionPair("v1_20", "3.3.0"), "pipeline-job-1.20-3.3.0.jar",
            new VersionPair("v1_20", "3.4.0"), "pipeline-job-1.20-3.4.0.jar",
            new VersionPair("v2_1", "5.0.0"), "pipeline-job-2.1-5.0.0.jar",
            new VersionPair("v2_2", "5.0.0"), "pipeline-job-2.2-5.0.0.jar");

    private SupportedPairs() {}

    public static boolean contains(VersionPair pair) {
        return JOB_JARS.containsKey(pair);
    }

    /** Every pair. */
    public static Set<VersionPair> all() {
        return JOB_JARS.keySet();
    }

    /** File name of the pair's job jar in the build; in an image it is always {@code pipeline-job.jar}. */
    public static Optional<String> jobJar(VersionPair pair) {
        return Optional.ofNullable(JOB_JARS.get(pair));
    }

    /** All pairs, for messages: {@code flinkVersion v2_2 with connectorVersion 5.0.0}, separated by commas. */
    public static String listed() {
        SortedMap<String, VersionPair> byText = new TreeMap<>();
        JOB_JARS.keySet().forEach(pair -> byText.put(pair.toString(), pair));
        return byText.values().stream()
                .map(pair ->
                        "flinkVersion " + pair.flinkVersion() + " with connectorVersion " + pair.connectorVersion())
                .collect(Collectors.joining(", "));
    }
}
