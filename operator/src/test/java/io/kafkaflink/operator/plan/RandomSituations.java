package io.kafkaflink.operator.plan;

import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.RejectedStatus;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.TopicStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.KafkaAccess;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.desired.UpgradeMark;
import io.kafkaflink.operator.observe.Claims;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.HandoverState;
import io.kafkaflink.operator.observe.KafkaState;
import io.kafkaflink.operator.observe.Observation;
import io.kafkaflink.operator.observe.PodTrouble;
import io.kafkaflink.operator.observe.StopSavepoint;
import io.kafkaflink.operator.observe.TopicState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Situations in which anything may be anything, nulls included, drawn from a seed. Values repeat often enough for things
 * to fit together: three specs, their revisions, a few job ids.
 */
final class RandomSituations {
    private static final List<String> JOB_IDS =
            List.of(Scene.JOB_ID, "abababababababababababababababab", "ffffff00ffffff00ffffff00ffffff00");
    private static final List<PipelineSpec> SPECS = List.of(
            Scene.spec(Scene.SPEC),
            Scene.spec(Scene.SPEC + "eventTime: {maxOutOfOrderness: 9s}"),
            Scene.spec("suspend: true\n" + Scene.SPEC),
            Scene.spec("deletionPolicy: Orphan\n" + Scene.SPEC),
            Scene.spec(Scene.SPEC.replace("name: in, partitions: 2", "name: in, partitions: 4")
                    + "upgrade: {growth: GrowInPlace, acknowledge: [{risk: Reordering, value: \"in 2->4\"}, {risk:"
                    + " FreshStart, value: " + Scene.JOB_ID + "}]}"),
            Scene.spec(Scene.SPEC.replace("name: in, partitions: 2", "name: in, partitions: 1")),
            Scene.spec(Scene.SPEC.replace("name: in, partitions: 2", "name: in, management: Existing")),
            Scene.spec(Scene.SPEC.replace("name: in, partitions: 2", "name: in, management: External, partitions: 2")),
            Scene.spec(Scene.SPEC.replace("keyedCount: {keyBy: user}", "rebalance: {}")),
            Scene.spec(Scene.SPEC.replace("flinkVersion: v2_2", "flinkVersion: v9_9")),
            Scene.spec("""
                    source: {datagen: {}}
                    sinks: [{name: main, print: {}}]
                    flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
                    state: {dir: "s3://bucket/flink"}
                    """),
            Scene.spec(Scene.SPEC + "upgrade: {approval: Manual, uidChangeNonce: 2, rollback: {mode: Manual}}"),
            Scene.spec(
                    Scene.SPEC + "upgrade: {versionPolicy: CombinedWithHandover, acknowledge: [{risk: CombinedUpgrade,"
                            + " value: \"1.20/3.4.0->2.2/5.0.0\"}, {risk: RepeatedOutput, value: 20261124-115930}]}"),
            Scene.spec(Scene.SPEC.replace(
                    "flinkVersion: v2_2, connectorVersion: 5.0.0", "flinkVersion: v1_20, connectorVersion: 3.4.0")));
    private static final List<Revision> REVISIONS =
            List.of(revision(0, 2), revision(1, 2), revision(0, 4), revision(SPECS.size() - 1, 2));

    private final Random random;

    RandomSituations(long seed) {
        this.random = new Random(seed);
    }

    private static Revision revision(int spec, int parallelism) {
        Scene scene = new Scene();
        scene.spec = SPECS.get(spec);
        return scene.store(parallelism);
    }

    Situation next() {
        Instant now = Scene.NOW.plusSeconds(random.nextInt(1200) - 600);
        return new Situation(
                Scene.ID,
                1 + random.nextInt(5),
                Scene.NOW.minus(Duration.ofHours(random.nextInt(3))),
                annotations(),
                any(SPECS),
                memory(),
                observation(),
                Scene.DEFAULTS,
                now);
    }

    private Map<String, String> annotations() {
        Map<String, String> annotations = new HashMap<>();
        if (chance(10)) {
            annotations.put("kafkaflink.io/pause-reconciliation", any(List.of("true", "false", "")));
        }
        if (chance(10)) {
            annotations.put("kafkaflink.io/suspend", "true");
        }
        if (chance(15)) {
            annotations.put(
                    "kafkaflink.io/request", any(List.of("retry/1", "rollback/1", "new-uids/1", "nonsense", "")));
        }
        return annotations;
    }

    private PipelineStatus memory() {
        if (chance(10)) {
            return PipelineStatus.EMPTY;
        }
        return new PipelineStatus(
                orNull(3L),
                conditions(),
                orNull("RUNNING"),
                orNull(2),
                chance(30) ? null : deployed(),
                some(4, this::topicStatus),
                chance(50) ? null : upgrade(),
                chance(50) ? null : last(),
                some(3, this::savepoint),
                orNull("default.p1"),
                orNull("kafka:9092"),
                orNull("p1-a-rest.default:8081"),
                null,
                chance(70) ? null : rejected(),
                null,
                chance(70) ? null : "retry/1");
    }

    private RejectedStatus rejected() {
        return new RejectedStatus(
                any(REVISIONS).inputHash(), "20261124-115000", "NewJobUnfit", orNull("no"), time(), orNull(0L));
    }

    private List<Condition> conditions() {
        return some(
                3,
                () -> new Condition(
                        any(List.of("Ready", "JobRunning", "TopicsReady")),
                        any(List.of(Condition.Status.values())),
                        any(List.of(Reasons.SAVEPOINT_FAILING, Reasons.JOB_RUNNING, Reasons.TOPIC_CHANGING)),
                        any(List.of("", "it was so")),
                        orNull(1L),
                        time()));
    }

    private DeployedStatus deployed() {
        Revision revision = any(REVISIONS);
        return new DeployedStatus(
                orNull(revision.name()),
                orNull(revision.inputHash()),
                orNull(new Uids("source-1", Map.of("main", "sink-main-1"))),
                orNull(2),
                orNull("v2_2"),
                orNull("5.0.0"),
                orNull(any(JOB_IDS)),
                orNull("p1-a"));
    }

    private TopicStatus topicStatus() {
        return new TopicStatus(
                any(List.of("in", "out")), orNull(any(List.of("id-in", "id-out", "id-x"))), orNull(2), null);
    }

    private UpgradeStatus upgrade() {
        boolean handOver = chance(60);
        boolean first = chance(15);
        return new UpgradeStatus(
                "20261124-115930",
                chance(5) ? "FromTheFuture" : any(List.of(ChangeKind.values())).name(),
                chance(5) ? "Leap" : any(List.of(UpgradeStep.values())).text(),
                orNull(any(REVISIONS).name()),
                chance(5) ? null : any(REVISIONS).name(),
                time(),
                time(),
                chance(50) ? null : path(),
                handOver ? UpgradeStatus.Procedure.HandOver : null,
                first ? null : "p1-a",
                orNull(first ? "p1-a" : "p1-b"),
                chance(40) ? null : any(JOB_IDS),
                chance(60) ? null : any(List.of("NewJobUnfit: no", "no words", "")),
                chance(70) ? null : new LastUpgradeStatus.Phases("1ms", any("5ms", "soon"), null, null));
    }

    private LastUpgradeStatus last() {
        return new LastUpgradeStatus(
                any(List.of("20261124-115930", "20261124-115000")),
                "Growth",
                any(List.of("Succeeded", "RolledBack", "NewUidsNeeded")),
                orNull(any(REVISIONS).name()),
                any(REVISIONS).name(),
                time(),
                time(),
                chance(50) ? null : path(),
                null,
                null,
                chance(50) ? null : 2,
                1,
                0,
                null,
                null);
    }

    private SavepointStatus savepoint() {
        return new SavepointStatus(
                path(), orNull(any(JOB_IDS)), orNull(any(REVISIONS).name()), orNull(time()), null);
    }

    private Observation observation() {
        Map<String, Revision> stored = new HashMap<>();
        REVISIONS.stream().filter(revision -> !chance(20)).forEach(found -> stored.put(found.name(), found));
        Map<Slot, FlinkJobState> jobs = new HashMap<>();
        if (!chance(20)) {
            jobs.put(chance(5) ? Slot.B : Slot.A, job());
        }
        if (chance(40)) {
            jobs.put(Slot.B, job());
        }
        Map<Slot, HandoverState> handovers = new HashMap<>();
        for (Slot slot : Slot.values()) {
            if (chance(50)) {
                handovers.put(slot, new RandomHandovers(random, REVISIONS, JOB_IDS).next());
            }
        }
        Map<String, Long> checkpoints = new HashMap<>();
        some(2, () -> any(JOB_IDS)).forEach(id -> checkpoints.put(id, (long) random.nextInt(50)));
        return new Observation(
                chance(5) ? Set.of("flinkdeployments.flink.apache.org") : Set.of(),
                kafka(),
                topics(),
                jobs,
                stored,
                chance(20) ? new HashSet<>(stored.keySet()) : Set.of(),
                some(3, () -> new StopSavepoint("p1-a", path(), time())),
                checkpoints,
                handovers,
                chance(10)
                        ? Map.of(
                                Slot.B,
                                List.of(new PodTrouble("p1-b-1", Reasons.JOB_NOT_STARTED, "no room. Add nodes")))
                        : Map.of(),
                chance(10) ? Map.of(Slot.B, 1) : Map.of(),
                Optional.empty(),
                chance(10)
                        ? List.of(
                                new Claims("default/other", time(), "kafka/prod", Set.of("out"), orNull("default.p1")))
                        : List.of());
    }

    private KafkaState kafka() {
        KafkaState known = new KafkaState.Known(new KafkaAccess("kafka:9092", List.of()));
        return chance(5)
                ? any(List.of(
                        new KafkaState.NoCluster("kafka", "prod"),
                        new KafkaState.NoListener("kafka", "prod", "tls", List.of())))
                : known;
    }

    private List<TopicState> topics() {
        List<TopicState> topics = new ArrayList<>();
        for (String name : List.of("in", "out")) {
            if (!chance(10)) {
                topics.add(topic(name, name));
            }
            if (chance(5)) {
                topics.add(topic(name, name + "-2"));
            }
        }
        return topics;
    }

    private TopicState topic(String name, String resource) {
        long generation = 1 + random.nextInt(2);
        return new TopicState(
                "kafka",
                resource,
                name,
                chance(5) ? null : "prod",
                chance(10) ? null : any(List.of("default/p1", "default/p1", "default/p1", "default/other")),
                chance(70) ? null : "default/p1",
                generation,
                chance(5) ? null : (Long) (chance(10) ? generation - 1 : generation),
                chance(10)
                        ? Optional.empty()
                        : Optional.of(new TopicState.Readiness(
                                !chance(10), orNull(any(List.of("NotSupported", "KafkaError"))), orNull("no"))),
                chance(5) ? Optional.of("ReconciliationPaused") : Optional.empty(),
                chance(5) ? null : name,
                chance(5) ? null : "id-" + name,
                chance(5) ? null : any(List.of(name.equals("in") ? 2 : 4, 1, 2, 4, 8)),
                orNull(3),
                chance(10) ? Map.of("retention.ms", 5) : Map.of(),
                chance(10) ? Set.of("retention.ms") : Set.of(),
                time(),
                chance(5));
    }

    private FlinkJobState job() {
        Revision applied = any(REVISIONS);
        Revision acted = chance(70) ? applied : any(REVISIONS);
        JobRequest request = request();
        long generation = 1 + random.nextInt(3);
        return new FlinkJobState(
                "p1-a",
                chance(5) ? null : applied.name(),
                generation,
                "4711",
                time(),
                chance(5),
                chance(5) ? null : request.state().text(),
                chance(5) ? null : request.upgradeMode().text(),
                chance(10) ? null : (Long) (chance(30) ? generation - 1 : generation),
                any("STABLE", "DEPLOYED", "UPGRADING", "SUSPENDED", "FAILED", "CREATED"),
                any("DEPLOYED", "UPGRADING"),
                any(
                        "RUNNING",
                        "RUNNING",
                        "RECONCILING",
                        "CREATED",
                        "INITIALIZING",
                        "RESTARTING",
                        "FAILING",
                        "FAILED",
                        "CANCELLING",
                        "CANCELED",
                        "FINISHED",
                        "SOMETHING"),
                any("READY", "READY", "DEPLOYING", "DEPLOYED_NOT_READY", "MISSING", "ERROR"),
                chance(10) ? null : any(JOB_IDS),
                chance(70) ? null : error(),
                chance(15) ? Optional.empty() : Optional.of(reconciled(acted)),
                chance(40) ? null : chance(10) ? FlinkJobState.LAST_STATE : path(),
                chance(60)
                        ? Optional.empty()
                        : Optional.of(new UpgradeMark("20261124-115930", any(List.of("Arm", "Stop", "Settle", "?")))),
                live(applied, request));
    }

    private static JobRequest.UpgradeMode mode(boolean last) {
        return last ? JobRequest.UpgradeMode.LAST_STATE : JobRequest.UpgradeMode.SAVEPOINT;
    }

    private JobRequest request() {
        return new JobRequest(
                chance(20) ? JobRequest.State.SUSPENDED : JobRequest.State.RUNNING,
                mode(chance(10)),
                chance(80) ? null : path(),
                !chance(10));
    }

    private FlinkJobState.LastReconciled reconciled(Revision acted) {
        List<String> args = ((List<?>) ((Map<?, ?>) acted.deploymentSpec().get("job")).get("args"))
                .stream().map(String::valueOf).toList();
        return new FlinkJobState.LastReconciled(
                any("running", "running", "suspended"),
                any("savepoint", "last-state", "stateless"),
                acted.parallelism(),
                chance(10) ? List.of() : args);
    }

    private FlinkJobState.Error error() {
        return new FlinkJobState.Error(
                any("ValidationException", "UpgradeFailureException", "DeploymentFailedException"),
                any("bad", "worse"));
    }

    private Map<String, Object> live(Revision applied, JobRequest request) {
        if (chance(5)) {
            return Map.of();
        }
        Map<String, Object> spec = new HashMap<>(FlinkDeployments.spec(applied, request));
        if (chance(10)) {
            spec.put("image", "other:1");
        }
        return spec;
    }

    private String path() {
        String id = any(JOB_IDS);
        return chance(80)
                ? "s3://b/savepoint-" + id.substring(0, 6) + "-" + random.nextInt(3)
                : "s3://b/" + id + "/chk-" + random.nextInt(30);
    }

    private Instant time() {
        return Scene.NOW.minusSeconds(random.nextInt(2000)).plusSeconds(random.nextInt(200));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** One of these, at times null. */
    private String any(String... values) {
        return chance(3) ? null : values[random.nextInt(values.length)];
    }

    private <T> T orNull(T value) {
        return chance(10) ? null : value;
    }

    private <T> List<T> some(int most, java.util.function.Supplier<T> draw) {
        List<T> drawn = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            drawn.add(draw.get());
        }
        return drawn;
    }
}
