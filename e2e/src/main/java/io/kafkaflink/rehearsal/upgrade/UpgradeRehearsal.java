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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays scenarios one after the other on one stage. */
public final class UpgradeRehearsal {
    static final String UID_CHANGE = Catalogue.UID_CHANGE;
    static final String PLAIN_UPGRADE = Control.PLAIN.title();

    private final Stage stage;
    private final JobImages images;
    private final Instant began = Instant.now();
    private final int perSecond;
    private final Progress progress;
    private final Map<String, Integer> played = new HashMap<>();

    /** @param stage set up with {@link #settings} */
    public UpgradeRehearsal(Stage stage, Installation installation, int perSecond, Progress progress) {
        this.stage = stage;
        this.images = JobImages.of(installation);
        this.perSecond = perSecond;
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

    /** Plays the controls and scenarios of these names, all when there are none. */
    public UpgradeReport play(List<String> names) {
        List<UpgradeRow> rows = new ArrayList<>();
        for (Control control : Control.values()) {
            if (names.isEmpty() || names.contains(control.scenario())) {
                rows.add(shown(control(control)));
            }
        }
        for (UpgradeScenario scenario : Catalogue.scenarios()) {
            if (names.isEmpty() || names.contains(scenario.name())) {
                rows.add(shown(scenario(scenario)));
            }
        }
        return new UpgradeReport(
                "Rehearsal of upgrades on " + stage.description() + ", " + perSecond + " records a second",
                stage.realApi(),
                rows,
                Duration.between(began, Instant.now()));
    }

    private UpgradeRow control(Control control) {
        progress.say(control.title());
        try {
            Control.Result result =
                    control.play(stage, UpgradePipeline.NAMESPACE, next(control.scenario()), perSecond, progress);
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
            log().error("{} did not come to its end", control.scenario(), failed);
            return UpgradeRow.failed(control.title(), "stopped", failed.getMessage());
        }
    }

    private UpgradeRow scenario(UpgradeScenario scenario) {
        Optional<JobVersions> missing = scenario.needs().stream()
                .filter(versions -> !images.has(versions))
                .findFirst();
        if (missing.isPresent()) {
            return UpgradeRow.failed(
                    scenario.title(), "not played", "this build has no job jar for Flink/connector " + missing.get());
        }
        progress.say(scenario.title());
        try (Play play = new Play(
                stage,
                scenario,
                UpgradePipeline.of(
                        next(scenario.name()), scenario.versions(), stage.bootstrapServers(), stage.stateDir()),
                perSecond,
                progress)) {
            return play.play();
        } catch (Exception failed) {
            log().error("{} did not come to its end", scenario.name(), failed);
            return UpgradeRow.failed(scenario.title(), "stopped", String.valueOf(failed.getMessage()));
        }
    }

    private UpgradeRow shown(UpgradeRow row) {
        progress.say(UpgradeTable.row(row));
        row.notes().forEach(note -> progress.say("  " + note));
        return row;
    }

    /** Not before the place of the log is known. */
    private static Logger log() {
        return LoggerFactory.getLogger(UpgradeRehearsal.class);
    }

    /** A name for a pipeline and its topics that was not used before on this stage. */
    private String next(String name) {
        int times = played.merge(name, 1, Integer::sum);
        return times == 1 ? name : name + "-" + times;
    }
}
