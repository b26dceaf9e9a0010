package io.kafkaflink.rehearsal.stage;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.doubles.topic.BrokerTopics;
import io.kafkaflink.doubles.topic.TopicOperator;
import io.kafkaflink.doubles.topic.TopicOperatorSettings;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.processes.KafkaBroker;
import io.kafkaflink.processes.ProcessLedger;
import io.kafkaflink.rehearsal.input.BadInputException;
import io.kafkaflink.rehearsal.pipeline.PipelineFile;
import io.kafkaflink.rehearsal.pipeline.TopicOwner;
import io.kafkaflink.rehearsal.report.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Everything that a cluster would bring along: a Kubernetes API server, a Kafka broker, the Topic Operator and the Flink
 * Kubernetes Operator (as doubles), and our operator as a process with its real rights.
 *
 * <p>The doubles run inside this process: they keep nothing that has to survive it, the rehearsal needs the addresses of
 * the Flink processes that they start, and a JVM of their own would cost memory and seconds for nothing.
 */
public final class Stage implements AutoCloseable {
    private static final int KAFKA_TIMEOUT_MILLIS = 10_000;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final MemoryMeter memory = new MemoryMeter();
    private final ProcessLedger ledger;
    private final Origin origin;
    private final Optional<Stage> first;
    private final String stateDir;
    private KubeApi api;
    private KafkaBroker broker;
    private BrokerTopics topics;
    private FlinkSide flink;
    private OperatorProcess operator;
    private Optional<WriteGate> gate = Optional.empty();

    /** What it was started from. */
    private record Origin(KubeApiStart kubeApi, Installation installation, Path workDir, StageSettings settings) {}

    /** @param first whose Kafka and bucket are used; empty for own ones */
    private Stage(ProcessLedger ledger, Origin origin, Optional<Stage> first) {
        this.ledger = ledger;
        this.origin = origin;
        this.first = first;
        if (first.isPresent()) {
            this.stateDir = first.get().stateDir;
            return;
        }
        // Not in the work folder: that one may have a space in its path, which no URI of the custom resource may have.
        Path state = ledger.createFolder("state");
        if (state.toString().matches(".*\\s.*")) {
            throw new BadInputException("the folder for temporary files has a space in its path: " + state
                    + ". Choose another one with java -Djava.io.tmpdir=FOLDER -jar rehearsal.jar");
        }
        this.stateDir = "file://" + state;
    }

    /**
     * Starts everything and waits until it can be used.
     *
     * @param kubeApi starts the API
     * @param workDir for logs and data
     */
    public static Stage start(
            ProcessLedger ledger,
            KubeApiStart kubeApi,
            Installation installation,
            Path workDir,
            StageSettings settings,
            Progress progress) {
        Origin origin = new Origin(kubeApi, installation, workDir, settings);
        return new Stage(ledger, origin, Optional.empty()).started(progress);
    }

    /** A second cluster with its own API server and operators, and with the Kafka and the bucket of this one. */
    public Stage another(Progress progress) {
        Origin second = new Origin(
                origin.kubeApi(), origin.installation(), origin.workDir().resolve("another"), origin.settings());
        return new Stage(ledger, second, Optional.of(this)).started(progress);
    }

    private Stage started(Progress progress) {
        try {
            startServers(progress);
            startOperators(progress);
            return this;
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private KafkaBroker broker(Path folder) {
        return first.map(Stage::broker)
                .orElseGet(() ->
                        KafkaBroker.start(ledger, folder, origin.settings().broker()));
    }

    private void startServers(Progress progress) {
        progress.waitingFor("Kubernetes API and Kafka broker");
        CompletableFuture<KafkaBroker> starting =
                CompletableFuture.supplyAsync(() -> broker(origin.workDir().resolve("kafka")));
        try {
            api = origin.kubeApi().start();
            open.push(api);
            broker = starting.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
        topics = new BrokerTopics(broker.bootstrapServers(), KAFKA_TIMEOUT_MILLIS);
        open.push(topics);
        progress.say(api.description() + " at " + api.url());
        api.limits().forEach(limit -> progress.say("  " + limit));
        progress.say("Kafka broker at " + broker.bootstrapServers());
    }

    private void startOperators(Progress progress) {
        Installation installation = origin.installation();
        Path workDir = origin.workDir();
        StageSettings settings = origin.settings();
        PipelineFile file = settings.file();
        KubernetesClient client = api.client();
        Crds.install(client, api.isReal());
        OperatorAccount account = OperatorAccount.install(client, installation.operatorManifests());
        TopicOwner owner = TopicOwner.of(file.manifest());
        OperatorAccount.ensureNamespace(client, file.namespace());
        OperatorAccount.ensureNamespace(client, owner.namespace());
        TopicOwner.referred(file.manifest()).ifPresent(reference -> {
            OperatorAccount.ensureNamespace(client, reference.namespace());
            KafkaStandIn.create(client, reference, broker.bootstrapServers());
        });
        FlinkAccount.create(client, file.namespace(), file.flinkServiceAccount());
        open.push(TopicOperator.start(
                client, topics, TopicOperatorSettings.of(owner.namespace(), owner.cluster()), Clock.systemUTC()));
        file.shape().topics().forEach(topic -> ForeignTopics.make(client, topics(), owner, topic));
        flink = FlinkSide.start(ledger, api, settings.images(), workDir.resolve("flink"));
        open.push(flink);
        operator = new OperatorProcess(
                ledger,
                installation.lib(),
                operatorKubeconfig(account, settings),
                workDir.resolve("operator"),
                Map.of(
                        "KAFKAFLINK_JOB_IMAGES",
                        settings.images().setting(),
                        // The in-memory API has no reviews of rights, which leader election begins with.
                        "KAFKAFLINK_LEADER_ELECTION",
                        Boolean.toString(api.isReal()),
                        "KAFKAFLINK_LEADER_ELECTION_NAMESPACE",
                        account.namespace(),
                        "KAFKAFLINK_LEADER_ELECTION_IDENTITY",
                        "rehearsal"));
        progress.waitingFor("operator");
        operator.start();
        progress.say("operator ready, as " + account.namespace() + "/" + account.name());
        progress.say("  Metrics at " + operator.metrics());
    }

    private Path operatorKubeconfig(OperatorAccount account, StageSettings settings) {
        Path direct = account.kubeconfig(api);
        if (!settings.gated()) {
            return direct;
        }
        WriteGate opened = WriteGate.open(direct);
        open.push(opened);
        gate = Optional.of(opened);
        return opened.kubeconfig(direct.resolveSibling("gated.kubeconfig"));
    }

    /** The gate before the operator's writes; only where the settings ask for one. */
    public WriteGate gate() {
        return gate.orElseThrow(() -> new IllegalStateException("this stage has no gate"));
    }

    public KubernetesClient client() {
        return api.client();
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** URI of the folder that stands for a bucket. */
    public String stateDir() {
        return stateDir;
    }

    /** Whether the API server is a real one. */
    public boolean realApi() {
        return api.isReal();
    }

    /** Kind and version of the Kubernetes API. */
    public String description() {
        return api.description();
    }

    public KubeApi api() {
        return api;
    }

    /** The broker; {@link #check} fails while it is stopped. */
    public KafkaBroker broker() {
        return broker;
    }

    public OperatorProcess operator() {
        return operator;
    }

    public FlinkSide flink() {
        return flink;
    }

    public MemoryMeter memory() {
        return memory;
    }

    /** The topics of the broker. */
    public TopicCensus topics() {
        return new TopicCensus(broker.bootstrapServers());
    }

    /** Records that the pipeline's job has dropped as late; empty while nobody tells. */
    public OptionalLong lateRecords(AppliedPipeline pipeline) {
        return flink.lateRecords(pipeline.namespace(), pipeline.look().flinkDeployment());
    }

    /** Fails when something that should run has ended. */
    public void check() {
        if (!broker.isAlive()) {
            throw new IllegalStateException(
                    "the Kafka broker has ended. " + broker.process().lastLines());
        }
        operator.check();
        flink.check();
    }

    @Override
    public void close() {
        memory.close();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failed) {
                // The ledger stops the processes in any case; the next thing must still be closed.
                org.slf4j.LoggerFactory.getLogger(Stage.class).warn("not closed in order", failed);
            }
        }
    }
}
