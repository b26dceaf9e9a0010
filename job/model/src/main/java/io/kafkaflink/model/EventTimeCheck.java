package io.kafkaflink.model;

import java.util.List;

/** Checks where event time comes from and how it goes on. */
final class EventTimeCheck {
    private static final String PATH = "eventTime";

    private EventTimeCheck() {}

    static void check(EventTime eventTime, List<Transform> steps, RecordSchema schema, Violations found) {
        if (eventTime.timestamp() == EventTime.Timestamp.Field) {
            found.field(
                    PATH + ".field",
                    eventTime.field(),
                    schema,
                    eventTime.format().type());
        } else if (eventTime.field() != null) {
            found.add(
                    PATH + ".field",
                    Violations.quoted(eventTime.field()) + " with timestamp: Record",
                    "no field",
                    "remove it or set eventTime.timestamp: Field");
        } else if (eventTime.fieldFormat() != null) {
            found.add(
                    PATH + ".fieldFormat",
                    eventTime.fieldFormat() + " with timestamp: Record",
                    "nothing",
                    "remove it or set eventTime.timestamp: Field");
        }
        if (!eventTime.maxOutOfOrderness().matches("0+(ms|s|m|h|d)")) {
            found.timespan(PATH + ".maxOutOfOrderness", eventTime.maxOutOfOrderness());
        }
        found.timespan(PATH + ".idleTimeout", eventTime.idleTimeout());
        strategy(eventTime, steps, found);
        alignment(eventTime, found);
    }

    private static void strategy(EventTime eventTime, List<Transform> steps, Violations found) {
        String path = PATH + ".strategyClass";
        if (eventTime.progress() == EventTime.Strategy.Custom) {
            found.matches(path, eventTime.strategyClass(), EventTime.CLASS, "the full name of a class");
        } else if (eventTime.strategyClass() != null) {
            found.add(
                    path,
                    Violations.quoted(eventTime.strategyClass()),
                    "none",
                    "remove it, or set eventTime.strategy: Custom");
        }
        if (eventTime.progress() == EventTime.Strategy.None) {
            steps.stream()
                    .filter(step -> step.window() != null || step.deduplicate() != null)
                    .findFirst()
                    .ifPresent(step -> found.add(
                            PATH + ".strategy",
                            "None with step " + Violations.quoted(step.id()),
                            "event time, which the step needs",
                            "choose another strategy, or remove the step"));
        }
    }

    private static void alignment(EventTime eventTime, Violations found) {
        EventTime.Alignment alignment = eventTime.alignment();
        if (alignment == null) {
            return;
        }
        String path = PATH + ".alignment";
        if (eventTime.progress() == EventTime.Strategy.None) {
            found.add(path, "alignment with strategy: None", "event time to align", "remove one of the two");
        }
        found.timespan(path + ".maxDrift", alignment.maxDrift());
        if (alignment.updateInterval() != null) {
            found.timespan(path + ".updateInterval", alignment.updateInterval());
        }
        if (alignment.group() != null) {
            found.matches(
                    path + ".group",
                    alignment.group(),
                    "^[a-zA-Z0-9._-]{1,100}$",
                    "at most 100 letters, digits, dots, dashes and underscores");
        }
    }
}
