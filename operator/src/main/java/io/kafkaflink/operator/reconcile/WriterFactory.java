package io.kafkaflink.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.operator.apply.CacheFeed;
import io.kafkaflink.operator.apply.ResourceWriter;
import io.kafkaflink.operator.observe.Caches;

/** Makes the writer of one pass. */
public interface WriterFactory {
    ResourceWriter create(KubernetesClient client, Caches caches, CacheFeed feed);
}
