package io.kafkaflink.operator.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.TopicStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.GroupIds;
import io.kafkaflink.operator.desired.JobRequest;
import io.kafkaflink.operator.desired.KafkaAccess;
import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.Partitions;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Revisions;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.desired.UpgradeMark;
import io.kafkaflink.operator.desired.VersionPair;
import io.kafkaflink.operator.observe.Claims;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.HandoverState;
import io.kafkaflink.operator.observe.KafkaState;
import io.kafkaflink.operator.observe.Observation;
import io.kafkaflink.operator.observe.PodTrouble;
import io.kafkaflink.operator.observe.StopSavepoint;
import io.kafkaflink.operator.observe.TopicState;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A situation in the making: the pipeline default/p1 from topic in to topic out, and what a test makes of it. */
final class Scene {
    static final PipelineId ID = new PipelineId("default", "p1", "uid-1");
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final OperatorDefaults DEFAULTS = new OperatorDefaults(
            Map.of(
                    new VersionPair("v1_20", "3.3.0"), "registry.example/job:1.20-3.3.0",
                    new VersionPair("v1_20", "3.4.0"), "registry.example/job:1.20-3.4.0",
                    new VersionPair("v2_1", "5.0.0"), "registry.example/job:2.1",
                    new VersionPair("v2_2", "5.0.0"), "registry.example/job:2.2"),
            null,
            "flink",
            "");
    static final String JOB_ID = "16954e0a0b0c0d0e0f10111213141516";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()).registerModule(new JavaTimeModule());

    static final String SPEC = """
            kafka: {bootstrapServers: "kafka:9092", topicOperator: {cluster: prod, namespace: kafka}}
            source:
              kafka:
                topics: [{name: in, partitions: 2}]
                format: {json: {fields: [{name: user, type: String}, {name: bytes, type: Long}]}}
            transforms:
            - {id: count, keyedCount: {keyBy: user}}
            sinks:
            - name: main
              kafka: {topic: {name: out, partitions: 4}, format: {json: {}}, keyField: user}
            flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
            state: {dir: "s3://bucket/flink"}
            """;

    PipelineSpec spec = spec(SPEC);
    PipelineStatus memory = PipelineStatus.EMPTY;
    Map<String, String> annotations = new HashMap<>();
    Set<String> missing = new HashSet<>();
    KafkaState kafka = new KafkaState.Known(new KafkaAccess("kafka:9092", List.of()));
    List<TopicState> topics = new ArrayList<>();
    Map<Slot, FlinkJobState> jobs = new HashMap<>();
    Map<String, Revision> revisions = new HashMap<>();
    Set<String> unowned = new HashSet<>();
    List<StopSavepoint> savepoints = new ArrayList<>();
    Map<String, Long> checkpoints = new HashMap<>();
    List<Claims> others = new ArrayList<>();
    Optional<String> flinkOperatorTooOld = Optional.empty();
    Map<Slot, HandoverState> handovers = new HashMap<>();
    Map<Slot, List<PodTrouble>> podTroubles = new HashMap<>();
    Map<Slot, Integer> podsLeft = new HashMap<>();
    OperatorDefaults defaults = DEFAULTS;
    Instant now = NOW;

    static PipelineSpec spec(String yaml) {
        try {
            return YAML.readValue(yaml, PipelineSpec.class);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The spec with one text replaced. */
    Scene edit(String from, String to) {
        if (!SPEC.contains(from)) {
            throw new IllegalArgumentException("the spec has no '" + from + "'");
        }
        spec = spec(SPEC.replace(from, to));
        return this;
    }

    /** Both topics are proven to be as wanted. */
    Scene withTopics() {
        topics.clear();
        topics.add(topic("in").partitions(2).build());
        topics.add(topic("out").partitions(4).build());
        return this;
    }

    static Topics topic(String name) {
        return new Topics(name);
    }

    /** The revision of the present spec, stored. */
    Revision store(int parallelism) {
        Revision revision = render(spec, Target.firstUids(spec), parallelism);
        revisions.put(revision.name(), revision);
        return revision;
    }

    static Revision render(PipelineSpec spec, Uids uids, int parallelism) {
        return Revisions.render(
                ID,
                spec,
                new KafkaAccess("kafka:9092", List.of()),
                GroupIds.of(ID, spec, DEFAULTS),
                uids,
                null,
                new Partitions(parallelism, PartitionSet.wanted(spec) ? Map.of("in", parallelism) : Map.of()),
                DEFAULTS);
    }

    /** The present spec is deployed and its job runs. */
    Scene running() {
        withTopics();
        Revision revision = store(2);
        jobs.put(Slot.A, job(revision).build());
        checkpoints.put(JOB_ID, 7L);
        memory = remembered(revision, null, null);
        return this;
    }

    /** The present spec is deployed and suspended with a savepoint. */
    Scene suspended() {
        running();
        Revision revision = revisions.values().iterator().next();
        jobs.put(
                Slot.A,
                job(revision)
                        .request(JobRequest.suspended())
                        .state("FINISHED")
                        .lifecycle("SUSPENDED")
                        .savepoint("s3://bucket/sp/savepoint-16954e-1")
                        .build());
        checkpoints.clear();
        return this;
    }

    Revision deployed() {
        return revisions.get(jobs.get(Slot.A).revision());
    }

    static PipelineStatus remembered(Revision revision, UpgradeStatus upgrade, LastUpgradeStatus last) {
        DeployedStatus deployed = new DeployedStatus(
                revision.name(),
                revision.inputHash(),
                revision.uids(),
                revision.parallelism(),
                revision.flinkVersion(),
                revision.connectorVersion(),
                JOB_ID,
                "p1-a");
        return memory(deployed, upgrade, last);
    }

    static PipelineStatus memory(DeployedStatus deployed, UpgradeStatus upgrade, LastUpgradeStatus last) {
        return new PipelineStatus(
                1L,
                List.of(),
                null,
                null,
                deployed,
                List.of(new TopicStatus("in", "id-in", 2, null), new TopicStatus("out", "id-out", 4, null)),
                upgrade,
                last,
                List.<SavepointStatus>of(),
                "default.p1",
                "kafka:9092",
                null,
                null,
                null,
                null,
                null);
    }

    static UpgradeStatus change(ChangeKind kind, UpgradeStep step, String to, String savepoint) {
        Instant started = NOW.minus(Duration.ofSeconds(30));
        return new UpgradeStatus("20261124-115930", kind.name(), step.text(), null, to, started, started, savepoint);
    }

    static Jobs job(Revision revision) {
        return new Jobs(revision);
    }

    Situation situation() {
        return new Situation(
                ID,
                3,
                NOW.minus(Duration.ofHours(1)),
                annotations,
                spec,
                memory,
                new Observation(
                        missing,
                        kafka,
                        topics,
                        jobs,
                        revisions,
                        unowned,
                        savepoints,
                        checkpoints,
                        handovers,
                        podTroubles,
                        podsLeft,
                        flinkOperatorTooOld,
                        others),
                defaults,
                now);
    }

    Plan plan() {
        return PipelinePlanner.plan(situation());
    }

    /** A KafkaTopic in the making; as built it is ours and proven. */
    static final class Topics {
        private final String name;
        private int partitions = 1;
        private String pipeline = "default/p1";
        private String adoptBy;
        private long generation = 1;
        private Long observed = 1L;
        private Optional<TopicState.Readiness> ready = Optional.of(new TopicState.Readiness(true, null, null));
        private Optional<String> suspended = Optional.empty();
        private String topicId;
        private Map<String, Object> config = Map.of();
        private Set<String> owned = Set.of();
        private Instant createdAt = NOW.minus(Duration.ofMinutes(30));
        private boolean deleting;

        Topics(String name) {
            this.name = name;
            this.topicId = "id-" + name;
        }

        Topics partitions(int number) {
            partitions = number;
            return this;
        }

        Topics pipeline(String owner) {
            pipeline = owner;
            return this;
        }

        Topics adoptBy(String other) {
            adoptBy = other;
            return this;
        }

        Topics generation(long current, Long seen) {
            generation = current;
            observed = seen;
            return this;
        }

        Topics refused(String reason, String message) {
            ready = Optional.of(new TopicState.Readiness(false, reason, message));
            return this;
        }

        Topics noCondition() {
            ready = Optional.empty();
            return this;
        }

        Topics suspended(String how) {
            suspended = Optional.of(how);
            topicId = null;
            return this;
        }

        Topics topicId(String id) {
            topicId = id;
            return this;
        }

        Topics config(Map<String, Object> entries, Set<String> ours) {
            config = entries;
            owned = ours;
            return this;
        }

        Topics age(Duration age) {
            createdAt = NOW.minus(age);
            return this;
        }

        Topics deleting() {
            deleting = true;
            return this;
        }

        TopicState build() {
            return new TopicState(
                    "kafka",
                    name,
                    name,
                    "prod",
                    pipeline,
                    adoptBy,
                    generation,
                    observed,
                    ready,
                    suspended,
                    topicId == null ? null : name,
                    topicId,
                    partitions,
                    null,
                    config,
                    owned,
                    createdAt,
                    deleting);
        }
    }

    /** A FlinkDeployment in the making; as built its job runs. */
    static final class Jobs {
        private final Revision revision;
        private Slot slot = Slot.A;
        private String resourceVersion = "4711";
        private Revision reconciledRevision;
        private JobRequest request = JobRequest.running();
        private long generation = 3;
        private Long observed = 3L;
        private boolean deleting;
        private String lifecycle = "STABLE";
        private String reconciliation = "DEPLOYED";
        private String state = "RUNNING";
        private String jobManager = "READY";
        private String jobId = JOB_ID;
        private FlinkJobState.Error error;
        private String reconciledState;
        private String savepoint;
        private Map<String, Object> spec;
        private Optional<UpgradeMark> mark = Optional.empty();

        Jobs(Revision revision) {
            this.revision = revision;
            this.reconciledRevision = revision;
            this.spec = FlinkDeployments.spec(revision, request);
        }

        Jobs in(Slot other) {
            slot = other;
            return this;
        }

        Jobs version(String resource, long current, Long seen) {
            resourceVersion = resource;
            generation = current;
            observed = seen;
            return this;
        }

        Jobs request(JobRequest asked) {
            request = asked;
            spec = FlinkDeployments.spec(revision, asked);
            return this;
        }

        Jobs observed(Long seen) {
            observed = seen;
            return this;
        }

        Jobs lifecycle(String value) {
            lifecycle = value;
            return this;
        }

        Jobs reconciliation(String value) {
            reconciliation = value;
            return this;
        }

        Jobs state(String value) {
            state = value;
            return this;
        }

        Jobs jobManager(String value) {
            jobManager = value;
            return this;
        }

        Jobs jobId(String value) {
            jobId = value;
            return this;
        }

        Jobs error(String type, String message) {
            error = new FlinkJobState.Error(type, message);
            return this;
        }

        Jobs reconciledState(String value) {
            reconciledState = value;
            return this;
        }

        Jobs savepoint(String path) {
            savepoint = path;
            return this;
        }

        Jobs spec(Map<String, Object> live) {
            spec = live;
            return this;
        }

        Jobs mark(Optional<UpgradeMark> step) {
            mark = step;
            return this;
        }

        Jobs deleting() {
            deleting = true;
            return this;
        }

        /** FKO has acted on another revision than the applied one. */
        Jobs acting(Revision before) {
            reconciledRevision = before;
            return this;
        }

        private static List<String> arguments(Revision revision) {
            return ((List<?>) ((Map<?, ?>) revision.deploymentSpec().get("job")).get("args"))
                    .stream().map(String::valueOf).toList();
        }

        FlinkJobState build() {
            String reconciled = reconciledState == null ? request.state().text() : reconciledState;
            return new FlinkJobState(
                    slot.deploymentName(ID),
                    revision.name(),
                    generation,
                    resourceVersion,
                    NOW.minus(Duration.ofMinutes(20)),
                    deleting,
                    request.state().text(),
                    request.upgradeMode().text(),
                    observed,
                    lifecycle,
                    reconciliation,
                    state,
                    jobManager,
                    jobId,
                    error,
                    observed == null
                            ? Optional.empty()
                            : Optional.of(new FlinkJobState.LastReconciled(
                                    reconciled,
                                    "savepoint",
                                    reconciledRevision.parallelism(),
                                    arguments(reconciledRevision))),
                    savepoint,
                    mark,
                    spec);
        }
    }
}
