package io.kafkaflink.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Reading;
import java.util.Map;
import java.util.Optional;

/** The handover ConfigMap of a FlinkDeployment, as the operator sees it. */
record TestHandover(KubeApi api, String namespace, String deployment) {

    private Resource<ConfigMap> map() {
        return api.client().configMaps().inNamespace(namespace).withName(HandoverKeys.configMapName(deployment));
    }

    void write(HandoverDocument.Order order) {
        write(Map.of(order instanceof ArmOrder ? HandoverKeys.ORDER : HandoverKeys.GO, HandoverJson.write(order)));
    }

    void write(Map<String, String> data) {
        if (map().get() == null) {
            ConfigMap map = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(HandoverKeys.configMapName(deployment))
                    .withNamespace(namespace)
                    .addToLabels("test", "handover")
                    .endMetadata()
                    .build();
            api.client().resource(map).create();
        }
        map().edit(present -> new ConfigMapBuilder(present).addToData(data).build());
    }

    /** Deletes it; returns what was in it. */
    Map<String, String> lose() {
        Map<String, String> data = map().get().getData();
        map().delete();
        TestDeployment.waiting().until(() -> map().get() == null);
        return data;
    }

    <T extends HandoverDocument> Optional<T> document(String key, Class<T> type) {
        ConfigMap map = map().get();
        String json =
                map == null || map.getData() == null ? null : map.getData().get(key);
        Reading<T> reading = HandoverJson.read(json, type);
        if (reading instanceof Reading.Unreadable<T> unreadable) {
            throw new AssertionError(key + ": " + unreadable.message());
        }
        return reading instanceof Reading.Found<T> found ? Optional.of(found.document()) : Optional.empty();
    }
}
