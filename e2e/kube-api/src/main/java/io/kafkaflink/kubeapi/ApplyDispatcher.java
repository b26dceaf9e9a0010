package io.kafkaflink.kubeapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.internal.MockDispatcher;
import io.fabric8.mockwebserver.internal.SimpleRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds server-side apply to fabric8's CRUD dispatcher, which answers it with 404 or 415
 * (fabric8io/kubernetes-client#5337): an apply becomes a POST of a new object or a PUT of the merged one.
 */
final class ApplyDispatcher extends KubernetesCrudDispatcher {

    private static final String STATUS = "/status";

    private final Map<ServerRequest, Queue<ServerResponse>> fixed;
    private final MockDispatcher fixedDispatcher;
    /** By status path and uid: the dispatcher keeps nothing but the status of what is put there. */
    private final Map<String, JsonNode> statusOwners = new ConcurrentHashMap<>();

    /** @param fixed answers that come before the stored objects, such as /version */
    ApplyDispatcher(Map<ServerRequest, Queue<ServerResponse>> fixed) {
        this.fixed = fixed;
        this.fixedDispatcher = new MockDispatcher(fixed);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        Queue<ServerResponse> answers = fixed.get(new SimpleRequest(request.method(), request.getPath()));
        boolean isFixed = answers != null && !answers.isEmpty();
        return isFixed ? fixedDispatcher.dispatch(request) : super.dispatch(request);
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
        String contentType = request.getHeader(StandardHttpHeaders.CONTENT_TYPE);
        if (contentType == null || !contentType.contains("apply-patch")) {
            return super.handlePatch(request);
        }
        URI uri = URI.create(request.getPath());
        // Read, merge and write must not interleave with another apply of the same object.
        synchronized (this) {
            return apply(
                    uri.getPath(), fieldManager(uri), json(request.getBody().readUtf8()), request);
        }
    }

    private MockResponse apply(String path, String manager, ObjectNode applied, RecordedRequest request) {
        boolean status = path.endsWith(STATUS);
        String objectPath = status ? path.substring(0, path.length() - STATUS.length()) : path;
        MockResponse current = handleGet(objectPath);
        if (current.code() == 200) {
            ObjectNode stored = json(current.getBody().readUtf8());
            String object = path + " " + stored.path("metadata").path("uid").asText();
            if (statusOwners.containsKey(object)) {
                ((ObjectNode) stored.get("metadata")).set("managedFields", statusOwners.get(object));
            }
            ObjectNode merged = FieldOwnership.apply(stored, applied, manager, status);
            if (status) {
                statusOwners.put(object, merged.path("metadata").get("managedFields"));
            }
            return handleUpdate(as(HttpMethod.PUT, path, merged, request));
        }
        if (status) {
            return current;
        }
        ObjectNode created = FieldOwnership.apply(emptyLike(applied), applied, manager, false);
        ((ObjectNode) created.get("metadata")).remove("resourceVersion");
        String collection = objectPath.substring(0, objectPath.lastIndexOf('/'));
        return handleCreate(as(HttpMethod.POST, collection, created, request));
    }

    private static ObjectNode emptyLike(ObjectNode applied) {
        ObjectNode empty = applied.objectNode();
        empty.set("apiVersion", applied.get("apiVersion"));
        empty.set("kind", applied.get("kind"));
        empty.putObject("metadata").set("name", applied.path("metadata").get("name"));
        return empty;
    }

    private static RecordedRequest as(HttpMethod method, String path, JsonNode body, RecordedRequest original) {
        Headers json = original.getHeaders()
                .newBuilder()
                .setHeader(StandardHttpHeaders.CONTENT_TYPE, "application/json")
                .build();
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return new RecordedRequest(original.getHttpVersion(), method, path, json, new Buffer(bytes));
    }

    private static String fieldManager(URI uri) {
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return Arrays.stream(query.split("&"))
                .filter(parameter -> parameter.startsWith("fieldManager="))
                .map(parameter ->
                        URLDecoder.decode(parameter.substring("fieldManager=".length()), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("unknown");
    }

    private static ObjectNode json(String body) {
        return Serialization.unmarshal(body, ObjectNode.class);
    }
}
