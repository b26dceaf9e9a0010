package io.kafkaflink.model.handover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A report cut until it fits: long messages lose their end, then the largest list its second half. */
record ShortenedReport(ObjectNode report) {
    private static final String MESSAGE = "message";
    /** Tells readers that lists are longer than shown. */
    private static final String MARK = "shortened";

    ObjectNode within(int bytes) {
        boolean cut = cutMessages(report);
        while (HandoverJson.size(HandoverJson.text(report)) > bytes) {
            Optional<ArrayNode> largest = arrays(report).stream()
                    .filter(array -> array.size() > 1)
                    .max(Comparator.comparingInt(array -> array.toString().length()));
            if (largest.isEmpty()) {
                break;
            }
            halve(largest.get());
            cut = true;
            // Counted too: the mark itself takes room.
            report.put(MARK, true);
        }
        if (cut) {
            report.put(MARK, true);
        }
        return report;
    }

    private static void halve(ArrayNode array) {
        int keep = array.size() / 2;
        while (array.size() > keep) {
            array.remove(array.size() - 1);
        }
    }

    private static boolean cutMessages(JsonNode node) {
        boolean cut = false;
        if (node instanceof ObjectNode object && object.path(MESSAGE).asText().length() > Reason.LONGEST_MESSAGE) {
            object.put(MESSAGE, object.path(MESSAGE).asText().substring(0, Reason.LONGEST_MESSAGE - 1) + "…");
            cut = true;
        }
        for (JsonNode child : node) {
            cut |= cutMessages(child);
        }
        return cut;
    }

    private static List<ArrayNode> arrays(JsonNode node) {
        List<ArrayNode> arrays = new ArrayList<>();
        if (node instanceof ArrayNode array) {
            arrays.add(array);
        }
        node.forEach(child -> arrays.addAll(arrays(child)));
        return arrays;
    }
}
