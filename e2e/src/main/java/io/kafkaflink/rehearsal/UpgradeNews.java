package io.kafkaflink.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkaflink.rehearsal.pipeline.Durations;
import io.kafkaflink.rehearsal.report.Timeline.Upgrade;
import java.util.Locale;
import java.util.Optional;

/** What {@code status.lastUpgrade} of a pipeline says. */
final class UpgradeNews {
    private static final String NONE = "-";

    private UpgradeNews() {}

    static Optional<String> id(JsonNode status) {
        String id = status.at("/lastUpgrade/id").asText();
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    static Optional<Upgrade> of(JsonNode status) {
        JsonNode last = status.path("lastUpgrade");
        boolean compared = last.hasNonNull("offsetsCompared");
        return id(status)
                .map(id -> new Upgrade(
                        last.path("kind").asText(NONE),
                        last.path("result").asText(NONE),
                        seconds(last.at("/phases/armed")),
                        seconds(last.at("/phases/stop")),
                        seconds(last.at("/phases/check")),
                        seconds(last.at("/phases/firstCheckpoint")),
                        compared
                                ? last.path("offsetsRepaired").asInt() + " of "
                                        + last.path("offsetsCompared").asInt()
                                : NONE,
                        last.path("savepoint").asText(NONE)));
    }

    private static String seconds(JsonNode span) {
        return span.isTextual()
                ? String.format(
                        Locale.ROOT, "%.1f s", Durations.parse(span.asText()).toMillis() / 1000.0)
                : NONE;
    }
}
