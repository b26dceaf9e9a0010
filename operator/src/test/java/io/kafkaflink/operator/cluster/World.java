package io.kafkaflink.operator.cluster;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.doubles.ForeignCrds;
import io.kafkaflink.doubles.flink.FlinkOperator;
import io.kafkaflink.doubles.flink.FlinkOperatorSettings;
import io.kafkaflink.doubles.flink.SimulatedFlink;
import io.kafkaflink.doubles.flink.SimulatedTimes;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An API server with all definitions, the shipped rights of the operator, and the double of the Flink operator with
 * simulated jobs, for all namespaces. One for the whole test JVM, as the API server is.
 */
final class World {
    /** The only image that can be pulled. */
    static final String IMAGE = "job:test";

    private static World shared;

    final KubeApi api;
    final Config account;
    SimulatedFlink flink;
    FlinkOperator flinkOperator;

    private World(KubeApi api, Config account) {
        this.api = api;
        this.account = account;
    }

    static synchronized World of(KubeApi api) {
        if (shared == null) {
            shared = without(api);
            shared.installStrimziAndFlink();
        }
        return shared;
    }

    /** An API server of a test's own, without the definitions of Strimzi and of the Flink operator. */
    static World without(KubeApi own) {
        installOwnDefinition(own.client());
        return new World(own, ShippedRights.install(own));
    }

    /** The same with everything of ours installed by the test, and the operator's account given. */
    static World with(KubeApi own, Config account) {
        return new World(own, account);
    }

    void installStrimziAndFlink() {
        ForeignCrds.find().install(api.client(), true);
        AtomicReference<SimulatedFlink> simulated = new AtomicReference<>();
        flinkOperator = FlinkOperator.start(
                api.client(),
                Optional.empty(),
                configMaps -> {
                    simulated.set(
                            new SimulatedFlink(Clock.systemUTC(), times(), configMaps).knowsImage(IMAGE, "2.2.1"));
                    return simulated.get();
                },
                settings(),
                Clock.systemUTC());
        flink = simulated.get();
    }

    static void installOwnDefinition(KubernetesClient client) {
        CustomResourceDefinition definition = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .load(World.class.getResourceAsStream("/crds/kafkaflinkpipelines.kafkaflink.io.yaml"))
                .item();
        client.resource(definition).forceConflicts().serverSideApply();
        client.resource(definition).waitUntilCondition(World::established, 30, TimeUnit.SECONDS);
        client.resources(KafkaFlinkPipeline.class).inAnyNamespace().list();
    }

    static boolean established(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    /** A hundred times faster than measured; only waits, no behaviour. */
    private static SimulatedTimes times() {
        return new SimulatedTimes(
                Duration.ofMillis(70),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(50));
    }

    private static FlinkOperatorSettings settings() {
        return new FlinkOperatorSettings(
                Duration.ofMillis(500),
                Duration.ofMillis(50),
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                20,
                Duration.ofSeconds(1),
                Duration.ofMillis(5),
                10);
    }
}
