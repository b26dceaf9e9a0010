package io.kafkaflink.operator.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kafkaflink.operator.observe.FlinkDefinitionReader;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definition of FlinkDeployment as the API server publishes it under {@code /openapi/v3}, which every account may
 * read: a right to read definitions is not needed. The document of some megabytes is only fetched when its address, which
 * holds a hash of it, is another.
 */
final class FlinkDefinition {
    private static final Logger LOG = LoggerFactory.getLogger(FlinkDefinition.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INDEX = "/openapi/v3";

    private final KubernetesClient client;
    private String address = "";
    private Optional<String> tooOld = Optional.empty();

    FlinkDefinition(KubernetesClient client) {
        this.client = client;
    }

    /**
     * What shows that FKO is too old. Nothing does when the server does not publish the definition.
     *
     * @throws KubernetesClientException when the server cannot be reached
     */
    Optional<String> tooOld() {
        String found = get(INDEX)
                .path("paths")
                .path(FlinkDefinitionReader.PATH)
                .path("serverRelativeURL")
                .asText();
        if (!found.equals(address)) {
            tooOld = found.isEmpty() ? Optional.empty() : FlinkDefinitionReader.olderThanNeeded(get(found));
            address = found;
        }
        return tooOld;
    }

    private JsonNode get(String path) {
        try {
            String document = client.raw(path);
            return document == null ? JSON.missingNode() : JSON.readTree(document);
        } catch (JsonProcessingException e) {
            LOG.atWarn()
                    .addKeyValue("path", path)
                    .log("the API server's answer is no JSON: {}", e.getOriginalMessage());
            return JSON.missingNode();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                LOG.atWarn().addKeyValue("path", path).log("may not be read; how old FKO is stays unknown");
                return JSON.missingNode();
            }
            throw e;
        }
    }
}
