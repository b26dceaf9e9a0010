package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.operator.desired.Labels;
import java.util.Map;
import java.util.Objects;

/** Reads handover ConfigMaps. */
public final class HandoverReader {
    /** Our handover ConfigMaps, by our labels. */
    public static final String SELECTOR = Labels.SELECTOR + "," + Labels.HANDOVER + "=true";

    private HandoverReader() {}

    static HandoverState read(ConfigMap handover) {
        Map<String, String> data = data(handover);
        return new HandoverState(
                handover.getMetadata().getResourceVersion(),
                document(data, HandoverKeys.ORDER, ArmOrder.class),
                document(data, HandoverKeys.ARMED, ArmVerdict.class),
                document(data, HandoverKeys.DRAINED, DrainReport.class),
                document(data, HandoverKeys.GO, GoOrder.class),
                document(data, HandoverKeys.RESULT, GoResult.class),
                document(data, HandoverKeys.VERIFIED, Verification.class));
    }

    /** True when one of the documents differs. */
    public static boolean differ(ConfigMap before, ConfigMap after) {
        return !data(before).equals(data(after));
    }

    private static Map<String, String> data(ConfigMap handover) {
        return Objects.requireNonNullElse(handover.getData(), Map.of());
    }

    private static <T extends HandoverDocument> Reading<T> document(
            Map<String, String> data, String key, Class<T> type) {
        return HandoverJson.read(data.get(key), type);
    }
}
