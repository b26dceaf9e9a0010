package io.kafkaflink.kubectl;

import io.kafkaflink.operator.plan.Forecast;
import java.util.ArrayList;
import java.util.List;

/** A forecast in words. */
record ForecastText(String reference, Forecast forecast) {

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        if (!forecast.refusals().isEmpty()) {
            lines.add(reference + ": refused");
            forecast.refusals().forEach(refusal -> lines.add("  " + refusal.reason() + ": " + refusal.message()));
            if (!forecast.acknowledgements().isEmpty()) {
                lines.add("To accept the danger, add under spec.upgrade.acknowledge:");
                forecast.acknowledgements().forEach(entry -> lines.add("  - " + entry));
            }
            return String.join("\n", lines);
        }
        lines.add(reference + ": " + (forecast.kind() == null ? "nothing restarts" : forecast.kind()));
        forecast.writes().forEach(write -> lines.add("  write    " + write));
        forecast.steps().forEach(step -> lines.add("  step     " + step));
        forecast.newUids().forEach((old, uid) -> lines.add("  new uid  " + old + " -> " + uid));
        forecast.dropped().forEach(uid -> lines.add("  dropped  state of " + uid));
        if (forecast.expectedDowntime() != null) {
            lines.add("  output   pauses for about " + forecast.expectedDowntime());
        }
        if (forecast.irreversible()) {
            lines.add("  There is no way back once the new job has completed a checkpoint.");
        }
        if (forecast.kind() != null) {
            lines.add("Whether the state fits is found out by the new job, while the old one runs on.");
        }
        return String.join("\n", lines);
    }
}
