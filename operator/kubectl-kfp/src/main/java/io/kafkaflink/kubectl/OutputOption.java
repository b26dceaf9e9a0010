package io.kafkaflink.kubectl;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** For people or for programs. */
final class OutputOption {
    /** The forms. */
    enum Form {
        TEXT,
        JSON,
        YAML
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text, json or yaml.")
    private Form form;

    /**
     * Prints a value.
     *
     * @param text made only for people
     */
    void print(Object value, Supplier<String> text, KubernetesClient client, PrintWriter out) {
        print(value, text, client.getKubernetesSerialization(), out);
    }

    /** The same without a cluster. */
    void print(Object value, Supplier<String> text, KubernetesSerialization serialization, PrintWriter out) {
        String printed =
                switch (form) {
                    case TEXT -> text.get();
                    case JSON -> serialization.asJson(value);
                    case YAML -> serialization.asYaml(value);
                };
        out.println(printed.stripTrailing());
        out.flush();
    }
}
