package io.kafkaflink.monitoring;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What Prometheus scrapes, with the labels that a monitor of the chart or of its documentation would add.
 *
 * @param job as in {@code operator}
 * @param ports on loopback; nothing has to answer there
 * @param namespace of the pods
 * @param pod the name of the pod
 */
public record ScrapeTarget(String job, List<Integer> ports, String namespace, String pod) {
    public ScrapeTarget {
        ports = List.copyOf(ports);
    }

    /** An entry of {@code scrape_configs}. */
    String configuration() {
        String addresses =
                ports.stream().map(port -> "\"127.0.0.1:" + port + "\"").collect(Collectors.joining(", "));
        return """
                - job_name: %s
                  honor_labels: true
                  static_configs:
                  - targets: [%s]
                    labels: {namespace: %s, pod: %s}
                """.formatted(job, addresses, namespace, pod);
    }
}
