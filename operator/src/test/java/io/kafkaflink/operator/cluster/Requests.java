package io.kafkaflink.operator.cluster;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every request of an operator that writes, as {@code <method> <path>}; Events aside, which are no part of a state. */
final class Requests {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final List<String> writing = new CopyOnWriteArrayList<>();

    void watch(HttpClient.Builder builder) {
        builder.addOrReplaceInterceptor("requests", new Interceptor() {
            @Override
            public void before(BasicBuilder request, HttpRequest copy, RequestTags tags) {
                note(copy);
            }
        });
    }

    private void note(HttpRequest request) {
        String path = request.uri().getPath();
        if (!READING.contains(request.method())
                && !path.contains("/events")
                && !path.contains("selfsubjectrulesreviews")) {
            writing.add(request.method() + " " + path);
        }
    }

    List<String> writing() {
        return List.copyOf(writing);
    }

    void forget() {
        writing.clear();
    }
}
