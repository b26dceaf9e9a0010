package io.kafkaflink.kubectl.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Values and types as the API server writes them in its answers. */
final class Words {
    private Words() {}

    static String type(JsonNode value) {
        String name = value.isIntegralNumber() && value.canConvertToLong()
                ? "integer"
                : value.getNodeType().name().toLowerCase(Locale.ROOT);
        return "\"" + name + "\"";
    }

    static String value(JsonNode value) {
        if (value.isFloatingPointNumber()) {
            return number(value.doubleValue());
        }
        return value.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static String number(double value) {
        String plain = Double.toString(value);
        if (!plain.contains("E")) {
            return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
        }
        String[] parts = plain.split("E");
        String mantissa = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        int exponent = Integer.parseInt(parts[1]);
        return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
