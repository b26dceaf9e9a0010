package io.kafkaflink.operator.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests of an operator: those that write, in order, and the rights that all of them needed. */
final class Requests {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    /** Group (none for the core), namespace (may be absent), resource, name and subresource (may be absent). */
    private static final Pattern PATH =
            Pattern.compile("/(?:api/v1|apis/([^/]+)/[^/]+)(?:/namespaces/([^/]+))?/([^/]+)(?:/([^/]+))?(?:/([^/]+))?");

    private final List<String> writing = new CopyOnWriteArrayList<>();
    private final Set<String> rights = new ConcurrentSkipListSet<>();

    void watch(HttpClient.Builder builder) {
        builder.addOrReplaceInterceptor("requests", new Interceptor() {
            @Override
            public void before(BasicBuilder request, HttpRequest copy, RequestTags tags) {
                note(copy);
            }

            @Override
            public void after(
                    HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
                // Server-side apply of what is not there yet needs the right to create beside that to patch.
                if (response.code() == HttpURLConnection.HTTP_CREATED) {
                    right("create", request.uri());
                }
            }
        });
    }

    private void note(HttpRequest request) {
        String path = request.uri().getPath();
        if (!READING.contains(request.method()) && !path.contains("/events") && !path.contains("selfsubject")) {
            writing.add(request.method() + " " + path);
        }
        right(verb(request), request.uri());
    }

    private void right(String verb, URI uri) {
        Matcher parts = PATH.matcher(uri.getPath());
        if (parts.matches()) {
            String group = parts.group(1) == null ? "" : parts.group(1);
            String subresource = parts.group(5) == null ? "" : "/" + parts.group(5);
            rights.add(group + " " + parts.group(3) + subresource + " " + verb);
        }
    }

    private static String verb(HttpRequest request) {
        Matcher parts = PATH.matcher(request.uri().getPath());
        boolean named = parts.matches() && parts.group(4) != null;
        String query = String.valueOf(request.uri().getQuery());
        return switch (request.method()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "GET" -> named ? "get" : query.contains("watch=true") ? "watch" : "list";
            default -> request.method().toLowerCase(java.util.Locale.ROOT);
        };
    }

    List<String> writing() {
        return List.copyOf(writing);
    }

    /** {@code <group> <resource> <verb>}, as in {@code apps controllerrevisions list}. */
    Set<String> rights() {
        return new TreeSet<>(rights);
    }

    void forget() {
        writing.clear();
    }
}
