package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps of handover ConfigMaps the documents, and of each no more than shows that it is too large: a job may write a
 * megabyte there.
 */
public final class HandoverStore extends BasicItemStore<ConfigMap> {
    private static final List<String> KEYS = List.of(
            HandoverKeys.ORDER,
            HandoverKeys.ARMED,
            HandoverKeys.DRAINED,
            HandoverKeys.GO,
            HandoverKeys.RESULT,
            HandoverKeys.VERIFIED);

    public HandoverStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public ConfigMap put(String key, ConfigMap configMap) {
        return super.put(key, reduced(configMap));
    }

    private static ConfigMap reduced(ConfigMap configMap) {
        Map<String, String> documents = new HashMap<>();
        for (String name : configMap.getData() == null ? List.<String>of() : KEYS) {
            String document = configMap.getData().get(name);
            if (document != null) {
                documents.put(name, document.substring(0, Math.min(document.length(), HandoverJson.LARGEST + 1)));
            }
        }
        return new ConfigMapBuilder()
                .withApiVersion(configMap.getApiVersion())
                .withKind(configMap.getKind())
                .withMetadata(PodStore.identity(configMap.getMetadata()))
                .withData(documents)
                .build();
    }
}
