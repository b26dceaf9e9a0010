package io.kafkaflink.operator.cluster;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.kafkaflink.doubles.topic.InMemoryTopics;
import io.kafkaflink.doubles.topic.TopicOperator;
import io.kafkaflink.doubles.topic.TopicOperatorSettings;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.ResourceSerialization;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.reconcile.Writing;
import io.kafkaflink.operator.runtime.InvalidConfiguration;
import io.kafkaflink.operator.runtime.OperatorConfig;
import io.kafkaflink.operator.runtime.OperatorProcess;
import io.kafkaflink.operator.runtime.Outside;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ThrowingRunnable;

/** A namespace with a Topic Operator, what people do in it, and an operator that can be started and stopped. */
final class Site implements AutoCloseable {
    static final String CLUSTER = "prod";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    final String namespace;
    final KubernetesClient client;
    final InMemoryTopics topics = new InMemoryTopics(3);
    final Requests requests = new Requests();
    final MovableClock clock = new MovableClock();
    final Map<String, String> settings = new HashMap<>();
    private final World world;
    private final Config account;
    private Optional<TopicOperator> topicOperator = Optional.empty();
    private Optional<OperatorProcess> operator = Optional.empty();

    Site(World world, String namespace) {
        this(world, namespace, world.account);
    }

    /** With another way for the operator to reach the API server. */
    Site(World world, String namespace, Config account) {
        this.world = world;
        this.account = account;
        this.namespace = namespace;
        this.client = world.api.client();
        settings.putAll(Map.of(
                "KAFKAFLINK_WATCH_NAMESPACES", namespace,
                "KAFKAFLINK_JOB_IMAGES", "2.2/5.0.0=" + World.IMAGE,
                "KAFKAFLINK_HEALTH_ADDRESS", "127.0.0.1",
                "KAFKAFLINK_HEALTH_PORT", "0",
                "KAFKAFLINK_RECONCILIATION_THREADS", "4"));
    }

    Site withTopicOperator() {
        return withTopicOperator(namespace);
    }

    Site withTopicOperator(String of) {
        settings.put("KAFKAFLINK_TOPIC_NAMESPACES", of);
        TopicOperatorSettings times = TopicOperatorSettings.of(of, CLUSTER)
                .withTimes(Duration.ofMillis(30), Duration.ofSeconds(120), Duration.ofSeconds(76));
        topicOperator = Optional.of(TopicOperator.start(client, topics, times, Clock.systemUTC()));
        return this;
    }

    Site withOperator() {
        return withOperator(Writing.serverSide());
    }

    Site withOperator(Writing writing) {
        try {
            operator = Optional.of(OperatorProcess.start(
                    OperatorConfig.parse(settings), new Outside(account, requests::watch, writing, clock, () -> {})));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidConfiguration e) {
            throw new IllegalArgumentException(e);
        }
    }

    void stopOperator() {
        operator.ifPresent(OperatorProcess::close);
        operator = Optional.empty();
    }

    void stopTopicOperator() {
        topicOperator.ifPresent(TopicOperator::close);
        topicOperator = Optional.empty();
    }

    /** Answer of the operator's health server. */
    HttpResponse<String> ask(String path) {
        URI uri = URI.create("http://127.0.0.1:" + operator.orElseThrow().healthPort() + path);
        try {
            return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void annotate(String pipeline, String annotation, String value) {
        client.genericKubernetesResources("kafkaflink.io/v1alpha1", KafkaFlinkPipeline.KIND)
                .inNamespace(namespace)
                .withName(pipeline)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + annotation + "\":\"" + value + "\"}}}");
    }

    /** Has the operator look at a pipeline and waits until it has. */
    void poke(String pipeline) {
        double before = passes();
        annotate(pipeline, "poke", before + "-" + clock.instant());
        eventually(() -> {
            if (passes() <= before) {
                throw new AssertionError("no pass since");
            }
        });
    }

    /** How many passes have succeeded. */
    double passes() {
        return ask("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("operator_sdk_reconciliations_success_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Waits until the operator has written nothing for a second. */
    void awaitQuiet() {
        AtomicInteger seen = new AtomicInteger(-1);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> seen.getAndSet(requests.writing().size())
                        == requests.writing().size());
    }

    /** Applies a pipeline as its user does. */
    KafkaFlinkPipeline apply(PipelineText text) {
        return apply(text.name(), text.yaml());
    }

    KafkaFlinkPipeline apply(String name, String yaml) {
        GenericKubernetesResource resource =
                client.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(namespace);
        client.resource(resource).fieldManager("user").forceConflicts().serverSideApply();
        return pipeline(name);
    }

    KafkaFlinkPipeline pipeline(String name) {
        return find(name).orElseThrow(() -> new AssertionError("there is no pipeline " + namespace + "/" + name));
    }

    Optional<KafkaFlinkPipeline> find(String name) {
        GenericKubernetesResource found = client.genericKubernetesResources(
                        "kafkaflink.io/v1alpha1", KafkaFlinkPipeline.KIND)
                .inNamespace(namespace)
                .withName(name)
                .get();
        return Optional.ofNullable(found)
                .map(resource -> ResourceSerialization.lenient().convertValue(resource, KafkaFlinkPipeline.class));
    }

    void delete(String name) {
        client.genericKubernetesResources("kafkaflink.io/v1alpha1", KafkaFlinkPipeline.KIND)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    Condition condition(String pipeline, String type) {
        return pipeline(pipeline).getStatus().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type + " on " + pipeline));
    }

    /** Ready for the present generation. */
    void awaitReady(String pipeline) {
        eventually(() -> {
            KafkaFlinkPipeline found = pipeline(pipeline);
            Condition ready = condition(pipeline, "Ready");
            boolean current = found.getMetadata().getGeneration().equals(ready.observedGeneration());
            if (!current || ready.status() != Condition.Status.True) {
                throw new AssertionError(pipeline + " is not ready: "
                        + client.getKubernetesSerialization().asYaml(found.getStatus()));
            }
        });
    }

    void awaitReason(String pipeline, String type, Condition.Status status, String reason) {
        eventually(() -> {
            Condition condition = condition(pipeline, type);
            if (condition.status() != status || !condition.reason().equals(reason)) {
                throw new AssertionError("expected " + type + "=" + status + "/" + reason + ", found " + condition);
            }
        });
    }

    void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(NullPointerException.class)
                .untilAsserted(assertion);
    }

    MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> all(
            Definition definition) {
        return client.genericKubernetesResources(definition.apiVersion(), definition.kind());
    }

    /** As after a restore from a backup without status. */
    void loseStatus(String pipeline) {
        client.genericKubernetesResources("kafkaflink.io/v1alpha1", KafkaFlinkPipeline.KIND)
                .inNamespace(namespace)
                .withName(pipeline)
                .editStatus(resource -> {
                    resource.setAdditionalProperty("status", Map.of("observedGeneration", -1));
                    return resource;
                });
    }

    /** One object of the site, null when it is not there. */
    GenericKubernetesResource get(Definition definition, String name) {
        return all(definition).inNamespace(namespace).withName(name).get();
    }

    /** Also fails when the Flink operator's double met something in this namespace that it cannot know. */
    @Override
    public void close() {
        stopOperator();
        stopTopicOperator();
        if (world.flinkOperator == null) {
            return;
        }
        List<String> unknown = world.flinkOperator.notRecorded().stream()
                .map(Throwable::getMessage)
                .filter(message -> message.contains(namespace + "/"))
                .toList();
        all(Definition.FLINK_DEPLOYMENT)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(left -> all(Definition.FLINK_DEPLOYMENT).resource(left).delete());
        if (!unknown.isEmpty()) {
            throw new AssertionError("the Flink operator's double does not know: " + unknown);
        }
    }
}
