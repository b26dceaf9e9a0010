package io.kafkaflink.operator.runtime;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.ResourceSerialization;
import io.kafkaflink.operator.reconcile.PipelineChangeFilter;
import io.kafkaflink.operator.reconcile.PipelineReconciler;
import io.kafkaflink.operator.reconcile.ReconcilerSettings;
import io.kafkaflink.operator.reconcile.Scope;
import io.kafkaflink.operator.reconcile.ServedDefinitions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running operator with its health server; {@link #close} stops it in order. */
public final class OperatorProcess implements AutoCloseable {
    /** Below the 30 s that Kubernetes gives a pod to end. */
    private static final Duration TERMINATION = Duration.ofSeconds(15);

    private static final Duration CACHE_SYNC = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);

    private final KubernetesClient client;
    private final OperatorMetrics metrics;
    private final EventRecorder events;
    private final LeaderLease lease;
    private final Optional<OperatorConfig.LeaderElection> election;
    private final Operator operator;
    private final HealthServer health;

    private OperatorProcess(OperatorConfig config, Outside outside) throws IOException {
        this.client = client(outside);
        this.metrics = new OperatorMetrics(BuildInfo.ofThisJar());
        this.events = new EventRecorder(client, outside.clock());
        this.election = config.leaderElection();
        this.lease = new LeaderLease(outside.exit());
        this.operator = new Operator(overrider -> configure(overrider, config));
        register(config, outside);
        Probes probes = new Probes(operator);
        this.health = HealthServer.start(config.health(), probes::live, probes::ready, metrics::scrape);
    }

    /**
     * Starts an operator and returns when its caches are filled.
     *
     * @throws IOException when the health port cannot be had
     */
    public static OperatorProcess start(OperatorConfig config, Outside outside) throws IOException {
        OperatorProcess process = new OperatorProcess(config, outside);
        LOG.atInfo().addKeyValue("port", process.health.port()).log("health and metrics are served");
        process.operator.start();
        LOG.atInfo()
                .addKeyValue("version", BuildInfo.ofThisJar().version())
                .addKeyValue("namespaces", config.watchNamespaces().isEmpty() ? "all" : config.watchNamespaces())
                .log("the operator has started");
        return process;
    }

    /** A request that fails is tried again by the reconciler, not by the client: a refused field would block for 19 s. */
    private static KubernetesClient client(Outside outside) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(outside.cluster())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .withKubernetesSerialization(ResourceSerialization.lenient())
                .withHttpClientBuilderConsumer(outside.http())
                .build();
    }

    /** Called twice by the framework (operator-framework/java-operator-sdk#3353), so that nothing is created here. */
    private void configure(ConfigurationServiceOverrider overrider, OperatorConfig config) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(metrics.framework())
                .withConcurrentReconciliationThreads(config.reconciliationThreads())
                .withReconciliationTerminationTimeout(TERMINATION)
                .withCacheSyncTimeout(CACHE_SYNC)
                .withStopOnInformerErrorDuringStartup(false)
                // The framework's default ends the process.
                .withInformerStoppedHandler((informer, failure) -> {
                    if (failure != null) {
                        LOG.atError().setCause(failure).log("an informer has stopped: {}", informer);
                    }
                });
        config.leaderElection()
                .ifPresent(election -> overrider.withLeaderElectionConfiguration(lease.configuration(election)));
    }

    private void register(OperatorConfig config, Outside outside) {
        ReconcilerSettings settings = new ReconcilerSettings(
                new Scope(config.watchNamespaces(), config.topicNamespaces()),
                config.defaults(),
                config.requeueInterval(),
                config.cleanupTimeout());
        PipelineReconciler reconciler = new PipelineReconciler(
                settings,
                new ServedDefinitions(client, outside.clock()),
                outside.writing(),
                events,
                metrics.upgrades(),
                outside.clock());
        metrics.show(reconciler::pipelines);
        operator.<KafkaFlinkPipeline>register(reconciler, overrider -> overrider
                .settingNamespaces(settings.scope().pipelineNamespaces())
                .withOnUpdateFilter(new PipelineChangeFilter()));
    }

    /** Port of the health server. */
    public int healthPort() {
        return health.port();
    }

    @Override
    public void close() {
        lease.stopping();
        operator.stop();
        election.ifPresent(settings -> lease.release(client, settings));
        events.close();
        health.close();
        metrics.close();
        client.close();
    }
}
