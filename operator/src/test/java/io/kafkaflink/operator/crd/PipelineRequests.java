package io.kafkaflink.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Requests as kubectl sends them: the text of the user's file, unparsed, with strict validation of fields. */
final class PipelineRequests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String YAML = "application/yaml";

    private final KubernetesClient client;
    private final String collection;

    PipelineRequests(KubernetesClient client, String namespace) {
        this.client = client;
        this.collection = "apis/%s/%s/namespaces/%s/%s"
                .formatted(KafkaFlinkPipeline.GROUP, KafkaFlinkPipeline.VERSION, namespace, KafkaFlinkPipeline.PLURAL);
    }

    Answer create(String yaml) throws IOException {
        return send("POST", collection, yaml);
    }

    /** Replaces what an earlier answer returned. */
    Answer replace(Answer stored, String yaml) throws IOException {
        JsonNode metadata = JSON.readTree(stored.text()).path("metadata");
        String version = metadata.path("resourceVersion").asText();
        String changed = yaml.replaceFirst("metadata:\n", "metadata:\n  resourceVersion: \"" + version + "\"\n");
        return send("PUT", collection + "/" + metadata.path("name").asText(), changed);
    }

    private Answer send(String method, String path, String yaml) throws IOException {
        String uri = client.getMasterUrl() + path + "?fieldValidation=Strict";
        HttpResponse<String> response = client.getHttpClient()
                .sendAsync(
                        client.getHttpClient()
                                .newHttpRequestBuilder()
                                .uri(uri)
                                .header("Accept", "application/json")
                                .method(method, YAML, yaml)
                                .build(),
                        String.class)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return new Answer(response.code(), response.body());
    }

    /** What the API server said. */
    record Answer(int code, String text) {
        boolean isAccepted() {
            return code < 300;
        }

        /** The reasons of a refusal: {@code field: message} of each cause, or the message where there are none. */
        List<String> problems() throws IOException {
            JsonNode status = JSON.readTree(text);
            JsonNode causes = status.at("/details/causes");
            Stream<String> problems = causes.isEmpty()
                    ? Stream.of(status.path("message").asText())
                    : causes.valueStream()
                            .map(cause -> cause.path("field").asText() + ": "
                                    + cause.path("message").asText());
            return problems.map(problem -> problem.replaceAll("\\s*\n\\s*", " "))
                    .toList();
        }
    }
}
