package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.doubles.flink.FlinkImage;
import io.kafkaflink.rehearsal.control.Control;
import io.kafkaflink.rehearsal.report.Progress;
import io.kafkaflink.rehearsal.stage.Installation;
import io.kafkaflink.rehearsal.stage.JobImages;
import io.kafkaflink.rehearsal.stage.JobVersions;
import io.kafkaflink.rehearsal.stage.Stage;
import io.kafkaflink.rehearsal.stage.StageSettings;
import io.kafkaflink.rehearsal.traffic.Interference;
import io.kafkaflink.rehearsal.upgrade.Crash.Point;
import io.kafkaflink.rehearsal.upgrade.Crash.Victim;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.slf4j.LoggerFactory;

/** Plays scenarios one after the other on one stage. */
public final class UpgradeRehearsal {
    static final String UID_CHANGE = Catalogue.UID_CHANGE;
    static final String PLAIN_UPGRADE = Control.PLAIN.title();

    private final Stage stage;
    private final JobImages images;
    private final UpgradeOptions options;
    private final Progress progress;
    private final Instant began = Instant.now();
    private final Map<String, Integer> played = new HashMap<>();
    private final List<UpgradeRow> rows = new ArrayList<>();

    /** @param stage set up with {@link #settings} */
    public UpgradeRehearsal(Stage stage, Installation installation, UpgradeOptions options, Progress progress) {
        this.stage = stage;
        this.images = JobImages.of(installation);
        this.options = options;
        this.progress = progress;
    }

    /** What the stage must be set up for. */
    public static StageSettings settings(Installation installation, Path folder) {
        JobImages images = JobImages.of(installation)
                .with(
                        ThrowingJob.IMAGE,
                        new FlinkImage("flink-2.2", "2.2.1", ThrowingJob.make(folder.resolve("throwing-job"))));
        return new StageSettings(UpgradePipeline.setting(), images, Interference.BROKER, true);
    }

    /** Titles by name, in the order of the table. */
    public static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        for (Control control : Control.values()) {
            names.put(control.scenario(), control.title());
        }
        Catalogue.scenarios().forEach(scenario -> names.put(scenario.name(), scenario.title()));
        return names;
    }

    /** Plays everything that the options ask for. */
    public UpgradeReport play() {
        for (int run = 0; run < options.runs(); run++) {
            for (Control control : Control.values()) {
                if (options.wants(control.scenario())) {
                    add(control(control));
                }
            }
            for (UpgradeScenario scenario : Catalogue.scenarios()) {
                if (options.wants(scenario.name())) {
                    add(scenario);
                }
            }
        }
        return new UpgradeReport(
                "Rehearsal of upgrades on " + stage.description() + ", " + options.recordsPerSecond()
                        + " records a second",
                stage.realApi(),
                rows,
                Duration.between(began, Instant.now()));
    }

    private void add(UpgradeScenario scenario) {
        progress.say(scenario.title());
        Optional<JobVersions> missing = scenario.needs().stream()
                .filter(versions -> !images.has(versions))
                .findFirst();
        if (missing.isPresent()) {
            add(UpgradeRow.failed(
                    scenario.title(), "not played", "this build has no job jar for Flink/connector " + missing.get()));
            return;
        }
        Played undisturbed = play(scenario, Optional.empty());
        add(undisturbed.row());
        if (options.crashes() > 0 && undisturbed.row().expected()) {
            for (Victim victim : Victim.values()) {
                add(crashes(scenario, victim, undisturbed.writes()));
            }
        }
    }

    private UpgradeRow crashes(UpgradeScenario scenario, Victim victim, int writes) {
        boolean full = victim == Victim.OPERATOR && scenario.name().equals(Catalogue.EVERY_WRITE);
        int most = victim == Victim.OPERATOR ? options.crashes() : 1;
        List<Point> points = CrashMatrix.points(
                writes,
                victim,
                full ? writes : most,
                new Random(options.seed() + scenario.name().hashCode()));
        List<UpgradeRow> runs = new ArrayList<>();
        int reached = 0;
        for (Point point : points) {
            progress.say("  " + victim.word() + " dies after write " + point.write() + " of " + writes);
            Crash crash = new Crash(stage, point);
            runs.add(play(scenario, Optional.of(crash)).row());
            progress.say("  " + UpgradeTable.row(runs.get(runs.size() - 1)));
            reached += crash.reached() ? 1 : 0;
        }
        return CrashMatrix.row(scenario, victim, runs, reached, writes);
    }

    /** A row, and how many writes the operator made for it. */
    private record Played(UpgradeRow row, int writes) {}

    private Played play(UpgradeScenario scenario, Optional<Crash> crash) {
        try (Play play = new Play(
                stage,
                scenario,
                UpgradePipeline.of(
                        next(scenario.name()),
                        scenario.versions(),
                        scenario.input().partitions(),
                        stage.bootstrapServers(),
                        stage.stateDir()),
                options.recordsPerSecond(),
                progress)) {
            crash.ifPresent(play::with);
            return new Played(play.play(), play.writes());
        } catch (Exception failed) {
            LoggerFactory.getLogger(UpgradeRehearsal.class)
                    .error("{} did not come to its end", scenario.name(), failed);
            return new Played(UpgradeRow.failed(scenario.title(), "stopped", String.valueOf(failed.getMessage())), 0);
        }
    }

    private UpgradeRow control(Control control) {
        progress.say(control.title());
        try {
            Control.Result result = control.play(
                    stage, UpgradePipeline.NAMESPACE, next(control.scenario()), options.recordsPerSecond(), progress);
            return new UpgradeRow(
                    control.title(),
                    result.verdict().duplicated() > 0 ? "duplicates" : "exact",
                    result.expected(),
                    Optional.of(result.verdict()),
                    Optional.empty(),
                    result.gap(),
                    Optional.empty(),
                    Optional.empty(),
                    result.expected() ? List.of() : result.verdict().faults());
        } catch (RuntimeException failed) {
            LoggerFactory.getLogger(UpgradeRehearsal.class)
                    .error("{} did not come to its end", control.scenario(), failed);
            return UpgradeRow.failed(control.title(), "stopped", String.valueOf(failed.getMessage()));
        }
    }

    private void add(UpgradeRow row) {
        progress.say(UpgradeTable.row(row));
        row.notes().forEach(note -> progress.say("  " + note));
        rows.add(row);
    }

    /** A name for a pipeline and its topics that was not used before on this stage. */
    private String next(String name) {
        int times = played.merge(name, 1, Integer::sum);
        return times == 1 ? name : name + "-" + times;
    }
}
