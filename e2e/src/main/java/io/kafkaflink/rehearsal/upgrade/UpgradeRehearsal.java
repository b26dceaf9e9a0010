package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.doubles.flink.FlinkImage;
import io.kafkaflink.rehearsal.control.Control;
import io.kafkaflink.rehearsal.pipeline.NumberedPipeline;
import io.kafkaflink.rehearsal.report.Progress;
import io.kafkaflink.rehearsal.stage.Installation;
import io.kafkaflink.rehearsal.stage.JobImages;
import io.kafkaflink.rehearsal.stage.JobVersions;
import io.kafkaflink.rehearsal.stage.Stage;
import io.kafkaflink.rehearsal.stage.StageSettings;
import io.kafkaflink.rehearsal.traffic.Interference;
import io.kafkaflink.rehearsal.upgrade.Crash.Points;
import io.kafkaflink.rehearsal.upgrade.Crash.Victim;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/** Plays scenarios one after the other, or as many at once as there are stages. */
public final class UpgradeRehearsal {
    static final String UID_CHANGE = Catalogue.UID_CHANGE;
    /** Records a second while something dies: enough to see each one that is lost, and room for more plays at once. */
    private static final int CRASH_LOAD = 500;

    static final String PLAIN_UPGRADE = Control.PLAIN.title();

    private final List<Stage> stages;
    private final Installation installation;
    private final JobImages images;
    private final UpgradeOptions options;
    private final Progress progress;
    private final Instant began = Instant.now();
    private final Map<String, Integer> played = new ConcurrentHashMap<>();

    /** @param stages set up with {@link #settings} */
    public UpgradeRehearsal(List<Stage> stages, Installation installation, UpgradeOptions options, Progress progress) {
        this.stages = List.copyOf(stages);
        this.installation = installation;
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

    /** Plays everything that the options ask for: what has figures first, and on no more stages than processors. */
    public UpgradeReport play() {
        int calm = Math.min(stages.size(), Runtime.getRuntime().availableProcessors());
        try (Stages free = new Stages(stages.subList(0, calm))) {
            List<Future<Played>> undisturbed = new ArrayList<>();
            for (int run = 0; run < options.runs(); run++) {
                for (Control control : Control.values()) {
                    if (options.wants(control.scenario())) {
                        undisturbed.add(free.play(stage -> told(control(stage, control))));
                    }
                }
                for (UpgradeScenario scenario : Catalogue.scenarios()) {
                    if (options.wants(scenario.name())) {
                        undisturbed.add(free.play(stage -> told(play(stage, scenario))));
                    }
                }
            }
            return report(rows(undisturbed));
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a scenario could not be played", failed.getCause());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("ended early", ended);
        }
    }

    private UpgradeReport report(List<UpgradeRow> rows) {
        Stage any = stages.get(0);
        return new UpgradeReport(
                "Rehearsal of upgrades on " + any.description() + ", " + options.recordsPerSecond()
                        + " records a second" + (stages.size() == 1 ? "" : ", " + stages.size() + " at once"),
                any.realApi(),
                rows,
                Duration.between(began, Instant.now()));
    }

    /** Crashes are played once it is known how many writes there are to die after. */
    private List<UpgradeRow> rows(List<Future<Played>> undisturbed) throws ExecutionException, InterruptedException {
        List<UpgradeRow> rows = new ArrayList<>();
        List<Played> repeated = new ArrayList<>();
        for (Future<Played> future : undisturbed) {
            Played found = future.get();
            rows.add(found.row());
            if (options.crashes() > 0 && found.writes() > 0 && found.row().expected()) {
                repeated.add(found);
            }
        }
        if (!repeated.isEmpty()) {
            stages.forEach(stage -> stage.operator().archiveClasses());
        }
        try (Stages free = new Stages(stages)) {
            rows.addAll(crashes(free, repeated));
        }
        return rows;
    }

    private List<UpgradeRow> crashes(Stages free, List<Played> undisturbed)
            throws ExecutionException, InterruptedException {
        List<Crashes> all = new ArrayList<>();
        for (Played found : undisturbed) {
            for (Victim victim : Victim.values()) {
                crashes(free, found, victim).ifPresent(all::add);
            }
        }
        List<UpgradeRow> rows = new ArrayList<>();
        for (Crashes crashes : all) {
            rows.add(crashes.row(points -> free.play(stage -> strike(stage, crashes, points))));
        }
        return rows;
    }

    /** The plays of one victim in one scenario. */
    private record Crashes(UpgradeScenario scenario, Victim victim, int writes, List<Future<Struck>> plays) {
        /** What was missed, because another death had spared the write, is played once more, each in a play of its own. */
        UpgradeRow row(Function<Points, Future<Struck>> again) throws ExecutionException, InterruptedException {
            List<Struck> struck = new ArrayList<>();
            for (Future<Struck> play : plays) {
                struck.add(play.get());
            }
            List<Future<Struck>> more = struck.stream()
                    .flatMap(one -> one.missed().stream())
                    .map(write -> again.apply(new Points(List.of(write), victim)))
                    .toList();
            for (Future<Struck> play : more) {
                struck.add(play.get());
            }
            int reached = struck.stream().mapToInt(one -> one.reached().size()).sum();
            return CrashMatrix.row(
                    scenario, victim, struck.stream().map(Struck::row).toList(), reached, writes);
        }
    }

    /** @param reached which of the points; fewer than asked for when there were fewer writes this time */
    private record Struck(UpgradeRow row, Points points, Set<Integer> reached) {
        List<Integer> missed() {
            return points.writes().stream()
                    .filter(write -> !reached.contains(write))
                    .toList();
        }
    }

    /**
     * In the one scenario that is played in full the operator dies after every write, and everything else as often as
     * asked for; in the others it is the operator that does. Each play has as many deaths as asked for.
     */
    private Optional<Crashes> crashes(Stages free, Played undisturbed, Victim victim) {
        UpgradeScenario scenario = undisturbed.scenario().orElseThrow();
        boolean full = scenario.name().equals(Catalogue.EVERY_WRITE);
        if (!full && victim != Victim.OPERATOR) {
            return Optional.empty();
        }
        int writes = undisturbed.writes();
        Random random = new Random(options.seed() + scenario.name().hashCode());
        List<Points> points = full && victim == Victim.OPERATOR
                ? CrashMatrix.every(writes, victim, options.crashes())
                : CrashMatrix.together(writes, victim, options.crashes(), random);
        List<Future<Struck>> plays = new ArrayList<>();
        Crashes crashes = new Crashes(scenario, victim, writes, plays);
        points.forEach(some -> plays.add(free.play(stage -> strike(stage, crashes, some))));
        return Optional.of(crashes);
    }

    private Struck strike(Stage stage, Crashes crashes, Points points) {
        UpgradeScenario scenario = crashes.scenario();
        String what = scenario.name() + ", " + points.words() + " of " + crashes.writes();
        progress.say(what);
        Crash crash = new Crash(stage, points);
        UpgradeRow row = play(stage, scenario, Optional.of(crash)).row();
        progress.say("  " + what + ":");
        progress.say("  " + UpgradeTable.row(row));
        row.notes().forEach(note -> progress.say("  " + note));
        return new Struck(row, points, crash.reached());
    }

    /** A row, and how many writes the operator made for it; no scenario for what is done by hand. */
    private record Played(Optional<UpgradeScenario> scenario, UpgradeRow row, int writes) {}

    private Played play(Stage stage, UpgradeScenario scenario) {
        progress.say(scenario.title());
        Optional<JobVersions> missing = scenario.needs().stream()
                .filter(versions -> !images.has(versions))
                .findFirst();
        return missing.isEmpty()
                ? play(stage, scenario, Optional.empty())
                : new Played(
                        Optional.of(scenario),
                        UpgradeRow.failed(
                                scenario.title(),
                                "not played",
                                "this build has no job jar for Flink/connector " + missing.get()),
                        0);
    }

    private Played play(Stage stage, UpgradeScenario scenario, Optional<Crash> crash) {
        NumberedPipeline pipeline = UpgradePipeline.of(
                next(scenario.name()),
                scenario.versions(),
                scenario.input().partitions(),
                stage.bootstrapServers(),
                stage.stateDir());
        try (Play play = new Play(
                stage,
                scenario,
                prepared(pipeline, scenario, crash.isPresent()),
                crash.isPresent() ? Math.min(CRASH_LOAD, options.recordsPerSecond()) : options.recordsPerSecond(),
                progress,
                crash)) {
            return new Played(Optional.of(scenario), play.play(), play.writes());
        } catch (Exception failed) {
            LoggerFactory.getLogger(UpgradeRehearsal.class)
                    .error("{} did not come to its end", scenario.name(), failed);
            return new Played(
                    Optional.of(scenario),
                    UpgradeRow.failed(scenario.title(), "stopped", String.valueOf(failed.getMessage())),
                    0);
        }
    }

    /** Something dies in more than a hundred plays, so those start their processes as quickly as can be. */
    private NumberedPipeline prepared(NumberedPipeline pipeline, UpgradeScenario scenario, boolean crash) {
        ClassArchive archive = ClassArchive.of(installation, scenario.versions().line());
        if (crash) {
            return archive.use(UpgradePipeline.startedQuickly(pipeline));
        }
        boolean records = options.crashes() > 0 && Catalogue.RECORDED.contains(scenario.name());
        return records ? archive.record(pipeline) : pipeline;
    }

    private Played control(Stage stage, Control control) {
        progress.say(control.title());
        try {
            Control.Result result = control.play(
                    stage, UpgradePipeline.NAMESPACE, next(control.scenario()), options.recordsPerSecond(), progress);
            return byHand(new UpgradeRow(
                    control.title(),
                    result.verdict().duplicated() > 0 ? "duplicates" : "exact",
                    result.expected(),
                    Optional.of(result.verdict()),
                    Optional.empty(),
                    result.gap(),
                    Optional.empty(),
                    Optional.empty(),
                    result.expected() ? List.of() : result.verdict().faults()));
        } catch (RuntimeException failed) {
            LoggerFactory.getLogger(UpgradeRehearsal.class)
                    .error("{} did not come to its end", control.scenario(), failed);
            return byHand(UpgradeRow.failed(control.title(), "stopped", String.valueOf(failed.getMessage())));
        }
    }

    private static Played byHand(UpgradeRow row) {
        return new Played(Optional.empty(), row, 0);
    }

    private Played told(Played part) {
        progress.say(UpgradeTable.row(part.row()));
        part.row().notes().forEach(note -> progress.say("  " + note));
        return part;
    }

    /** A name for a pipeline and its topics that was not used before on this stage. */
    private String next(String name) {
        int times = played.merge(name, 1, Integer::sum);
        return times == 1 ? name : name + "-" + times;
    }
}
