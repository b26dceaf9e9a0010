package io.kafkaflink.kubeapi;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A namespace of one test's own. It is never deleted: without a controller manager a namespace stays in Terminating,
 * and the server is thrown away anyway.
 *
 * @param name for example {@code topic-growth-it-3}
 */
public record TestNamespace(String name) {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** Creates a namespace whose name starts with a hint, which may be any text. */
    public static TestNamespace create(KubernetesClient client, String hint) {
        String prefix = hint.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String shortened = prefix.substring(0, Math.min(40, prefix.length()));
        String name = (shortened.isEmpty() ? "test" : shortened) + "-" + COUNTER.incrementAndGet();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return new TestNamespace(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
