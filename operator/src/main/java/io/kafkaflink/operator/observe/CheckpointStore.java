package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.HashMap;
import java.util.Map;

/** Keeps of Flink's high-availability ConfigMaps only the names of checkpoints: the rest may be a megabyte each. */
public final class CheckpointStore extends BasicItemStore<ConfigMap> {

    public CheckpointStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public ConfigMap put(String key, ConfigMap configMap) {
        return super.put(key, reduced(configMap));
    }

    private static ConfigMap reduced(ConfigMap configMap) {
        Map<String, String> names = new HashMap<>();
        if (configMap.getData() != null) {
            configMap.getData().keySet().stream()
                    .filter(name -> name.startsWith(CheckpointReader.KEY_PREFIX))
                    .forEach(name -> names.put(name, ""));
        }
        return new ConfigMapBuilder()
                .withApiVersion(configMap.getApiVersion())
                .withKind(configMap.getKind())
                .withNewMetadata()
                .withName(configMap.getMetadata().getName())
                .withNamespace(configMap.getMetadata().getNamespace())
                .withUid(configMap.getMetadata().getUid())
                .withResourceVersion(configMap.getMetadata().getResourceVersion())
                .withLabels(configMap.getMetadata().getLabels())
                .endMetadata()
                .withData(names)
                .build();
    }
}
