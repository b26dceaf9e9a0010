package io.kafkaflink.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * The form in which the API server stores a CRD. It drops flags that are false and containers that are empty, and writes
 * whole numbers without fraction; a file in another form shows as a difference for ever (FLINK-37179, strimzi#10541).
 */
final class CanonicalForm {
    private static final Set<String> DROPPED_WHEN_FALSE =
            Set.of("deprecated", "nullable", "exclusiveMinimum", "exclusiveMaximum", "uniqueItems");
    private static final Set<String> DROPPED_WHEN_EMPTY =
            Set.of("required", "enum", "shortNames", "categories", "properties", "labels", "annotations");

    private CanonicalForm() {}

    /** Brings a CRD into canonical form, in place. */
    static void bring(ObjectNode node) {
        node.properties().removeIf(entry -> isDropped(entry.getKey(), entry.getValue()));
        if (node.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            // The generator describes values of Map<String, Object> as objects; they may be anything.
            node.remove("additionalProperties");
        }
        node.properties().forEach(entry -> entry.setValue(canonical(entry.getValue())));
    }

    private static boolean isDropped(String name, JsonNode value) {
        boolean isFalse = value.isBoolean() && !value.booleanValue();
        boolean isEmpty = value.isContainerNode() && value.isEmpty();
        boolean isZero = value.isIntegralNumber() && value.longValue() == 0;
        return value.isNull()
                || isFalse && DROPPED_WHEN_FALSE.contains(name)
                || isEmpty && DROPPED_WHEN_EMPTY.contains(name)
                || isZero && name.equals("priority");
    }

    private static JsonNode canonical(JsonNode value) {
        if (value instanceof ObjectNode object) {
            bring(object);
        } else if (value instanceof ContainerNode<?> list) {
            list.forEach(CanonicalForm::bringItem);
        } else if (value instanceof NumericNode number && number.isFloatingPointNumber()) {
            return whole(number);
        }
        return value;
    }

    private static void bringItem(JsonNode item) {
        if (item instanceof ObjectNode object) {
            bring(object);
        }
    }

    private static JsonNode whole(NumericNode number) {
        double value = number.doubleValue();
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            return number;
        }
        return JsonNodeFactory.instance.numberNode((int) value);
    }
}
