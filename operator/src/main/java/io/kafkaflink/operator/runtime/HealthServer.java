package io.kafkaflink.operator.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Serves {@code /livez}, {@code /readyz} (200 or 503, text), {@code /metrics} (Prometheus text) and {@code /threads} (stacks
 * of all threads, since an image with a JRE has no tool for them) over plain HTTP.
 */
final class HealthServer implements AutoCloseable {
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String TEXT_TYPE = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService executor;

    private HealthServer(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /**
     * Binds and serves.
     *
     * @throws IOException when the port is taken or the address is none of this machine
     */
    static HealthServer start(
            OperatorConfig.HealthEndpoint endpoint,
            Supplier<Health> live,
            Supplier<Health> ready,
            Supplier<String> metrics)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(endpoint.address(), endpoint.port()), 0);
        ExecutorService executor = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "health");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
        server.createContext("/livez", exchange -> answer(exchange, "/livez", live.get()));
        server.createContext("/readyz", exchange -> answer(exchange, "/readyz", ready.get()));
        server.createContext("/metrics", exchange -> send(exchange, "/metrics", 200, METRICS_TYPE, metrics.get()));
        server.createContext("/threads", exchange -> send(exchange, "/threads", 200, TEXT_TYPE, threads()));
        server.start();
        return new HealthServer(server, executor);
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static String threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                .map(entry ->
                        "\"" + entry.getKey().getName() + "\" " + entry.getKey().getState() + "\n"
                                + Arrays.stream(entry.getValue())
                                        .map(frame -> "    at " + frame + "\n")
                                        .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static void answer(HttpExchange exchange, String path, Health health) throws IOException {
        String body = health.isGood() ? "ok\n" : String.join("\n", health.problems()) + "\n";
        send(exchange, path, health.isGood() ? 200 : 503, TEXT_TYPE, body);
    }

    /** The server's contexts match prefixes, so that {@code /livezz} would be served too. */
    private static void send(HttpExchange exchange, String path, int code, String type, String body)
            throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals(path);
            byte[] bytes = (known ? body : "not found\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", known ? type : TEXT_TYPE);
            exchange.sendResponseHeaders(known ? code : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
