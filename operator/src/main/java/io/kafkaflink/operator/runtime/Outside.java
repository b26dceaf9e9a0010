package io.kafkaflink.operator.runtime;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.kafkaflink.operator.reconcile.Writing;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * What an operator process has around it.
 *
 * @param cluster how the API server is reached
 * @param http last word on the HTTP client
 * @param writing where writes go
 * @param exit ends this process when the leader lease is lost
 */
public record Outside(Config cluster, Consumer<HttpClient.Builder> http, Writing writing, Clock clock, Runnable exit) {

    /** A cluster, the real time, and the end of this JVM. */
    public static Outside of(Config cluster) {
        return new Outside(cluster, http -> {}, Writing.serverSide(), Clock.systemUTC(), () -> System.exit(1));
    }
}
