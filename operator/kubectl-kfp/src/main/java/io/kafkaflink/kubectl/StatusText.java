package io.kafkaflink.kubectl;

import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A status in words.
 *
 * @param generation of the spec, to tell whether the operator has seen it
 * @param now what ages are counted to
 */
record StatusText(String reference, Long generation, PipelineStatus status, Instant now) {

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>(List.of(reference));
        if (!Objects.equals(generation, status.observedGeneration())) {
            lines.add("Generation " + generation + " of the spec was not looked at yet; what follows is of "
                    + Optional.ofNullable(status.observedGeneration())
                            .filter(seen -> seen >= 0)
                            .map(seen -> "generation " + seen)
                            .orElse("no look at all"));
        }
        conditions(lines);
        Optional.ofNullable(status.deployed()).ifPresent(deployed -> deployed(lines, deployed));
        Optional.ofNullable(status.upgrade()).ifPresent(upgrade -> upgrade(lines, upgrade));
        Optional.ofNullable(status.lastUpgrade()).ifPresent(last -> last(lines, last));
        Optional.ofNullable(status.rejected()).ifPresent(rejected -> {
            lines.add("");
            lines.add("Rejected at " + rejected.at() + ": " + rejected.reason());
            lines.add("  " + rejected.message());
            lines.add("  Try again: kubectl kfp retry, or another upgrade.retryNonce");
        });
        acknowledgements(lines);
        return String.join("\n", lines);
    }

    private void conditions(List<String> lines) {
        if (status.conditions().isEmpty()) {
            return;
        }
        Table table = new Table("CONDITION", "STATUS", "REASON", "SINCE", "MESSAGE");
        for (Condition condition : status.conditions()) {
            table.row(
                    condition.type(),
                    condition.status(),
                    condition.reason(),
                    age(condition.lastTransitionTime()),
                    condition.message());
        }
        lines.add("");
        lines.add(table.toString());
    }

    private static void deployed(List<String> lines, DeployedStatus deployed) {
        lines.add("");
        lines.add("Deployed   revision " + deployed.revision() + " as FlinkDeployment " + deployed.flinkDeployment()
                + ", Flink " + deployed.flinkVersion() + ", connector " + deployed.connectorVersion()
                + ", parallelism " + deployed.parallelism());
    }

    private void upgrade(List<String> lines, UpgradeStatus upgrade) {
        lines.add("");
        lines.add("Upgrade    " + upgrade.id() + ", " + upgrade.kind() + ", revision " + upgrade.from() + " -> "
                + upgrade.to() + ", for " + age(upgrade.startedAt()));
        List<String> steps = status.plan() == null ? List.of() : status.plan().steps();
        boolean passed = steps.stream().anyMatch(step -> isNow(step, upgrade));
        if (!passed) {
            lines.add("  now    " + upgrade.step() + " for " + age(upgrade.stepStartedAt()) + message(upgrade));
            return;
        }
        for (String step : steps) {
            if (isNow(step, upgrade)) {
                lines.add("  now    " + step + " for " + age(upgrade.stepStartedAt()) + message(upgrade));
                passed = false;
            } else {
                lines.add((passed ? "  done   " : "  next   ") + step);
            }
        }
    }

    /** As in {@code 2 Stop} for the step Stop. */
    private static boolean isNow(String step, UpgradeStatus upgrade) {
        return step.endsWith(" " + upgrade.step());
    }

    private static String message(UpgradeStatus upgrade) {
        return upgrade.message() == null ? "" : ": " + upgrade.message();
    }

    private void last(List<String> lines, LastUpgradeStatus last) {
        lines.add("");
        lines.add("Last       " + last.id() + ", " + last.kind() + ": " + last.result() + " " + age(last.completedAt())
                + " ago"
                + Optional.ofNullable(last.downtime())
                        .map(downtime -> ", " + downtime + " without output")
                        .orElse("")
                + Optional.ofNullable(last.offsetsCompared())
                        .map(compared -> ", " + compared + " offsets compared, " + last.offsetsRepaired() + " repaired")
                        .orElse(""));
        Optional.ofNullable(last.message()).ifPresent(message -> lines.add("  " + message));
    }

    private void acknowledgements(List<String> lines) {
        if (status.acknowledgements() == null) {
            return;
        }
        if (!status.acknowledgements().required().isEmpty()) {
            lines.add("");
            lines.add("To accept the danger, add under spec.upgrade.acknowledge:");
            status.acknowledgements().required().forEach(entry -> lines.add("  - " + entry));
        }
        if (!status.acknowledgements().unused().isEmpty()) {
            lines.add("");
            lines.add("No present danger asks for:");
            status.acknowledgements().unused().forEach(entry -> lines.add("  - " + entry));
        }
    }

    /** As in {@code 75s}, {@code 12m} or {@code 3h}; two units are never needed here. */
    private String age(Instant since) {
        if (since == null) {
            return "-";
        }
        Duration age = Duration.between(since, now);
        if (age.compareTo(Duration.ofMinutes(2)) < 0) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        if (age.compareTo(Duration.ofHours(2)) < 0) {
            return age.toMinutes() + "m";
        }
        return age.compareTo(Duration.ofDays(2)) < 0 ? age.toHours() + "h" : age.toDays() + "d";
    }
}
