package io.kafkaflink.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.observe.Definition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caches of the operator. Those of other operators' resources come and go with their definitions: one is registered
 * when its definition is served and needed, taken away when it is served no more, and made anew when its informer has
 * stopped.
 */
final class PipelineEventSources {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineEventSources.class);

    private final Scope scope;
    private final OperatorDefaults defaults;
    private final ServedDefinitions served;
    private final Map<Definition, InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline>> foreign =
            new ConcurrentHashMap<>();
    private final List<InformerEventSource<ConfigMap, KafkaFlinkPipeline>> checkpoints = new ArrayList<>();
    private final Map<String, InformerEventSource<ConfigMap, KafkaFlinkPipeline>> handovers = new HashMap<>();
    private final List<InformerEventSource<Pod, KafkaFlinkPipeline>> pods = new ArrayList<>();
    private SourceFactory factory;
    private volatile PipelineIndex index;
    private InformerEventSource<ControllerRevision, KafkaFlinkPipeline> revisions;

    PipelineEventSources(Scope scope, OperatorDefaults defaults, ServedDefinitions served) {
        this.scope = scope;
        this.defaults = defaults;
        this.served = served;
    }

    /** The sources to start with: with them in place before the first pass, a restart looks at every pipeline once. */
    List<EventSource<?, KafkaFlinkPipeline>> prepare(EventSourceContext<KafkaFlinkPipeline> context) {
        index = new PipelineIndex(context.getPrimaryCache(), defaults);
        factory = new SourceFactory(scope, index, context);
        revisions = factory.revisions();
        List<EventSource<?, KafkaFlinkPipeline>> all = new ArrayList<>();
        all.add(new PeerEventSource(index));
        all.add(revisions);
        // One a namespace: an item store belongs to one informer.
        Set<String> namespaces =
                scope.pipelines().isEmpty() ? Set.of(Constants.WATCH_ALL_NAMESPACES) : scope.pipelines();
        for (String namespace : namespaces) {
            checkpoints.add(factory.checkpoints(namespace));
            handovers.put(namespace, factory.handovers(namespace));
            pods.add(factory.pods(namespace));
        }
        all.addAll(checkpoints);
        all.addAll(handovers.values());
        all.addAll(pods);
        servedAtStart().forEach(definition -> foreign.put(definition, factory.foreign(definition)));
        all.addAll(foreign.values());
        return all;
    }

    /** A Kafka resource is only watched once a pipeline refers to one. */
    private Set<Definition> servedAtStart() {
        try {
            Set<Definition> present = EnumSet.allOf(Definition.class);
            present.retainAll(served.get());
            present.remove(Definition.KAFKA);
            return present;
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .log("discovery failed at start, it is tried again with the first pipeline: {}", e.getMessage());
            return Set.of();
        }
    }

    /** Brings the caches into line with what is served and what a pipeline needs; waits for a new cache to fill. */
    void refresh(Set<Definition> needed, EventSourceRetriever<KafkaFlinkPipeline> registry) {
        Set<Definition> present = served.get();
        for (Definition definition : Definition.values()) {
            InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline> source = foreign.get(definition);
            if (source != null && (!present.contains(definition) || Informers.stopped(source))) {
                remove(definition, registry);
            }
            if (needed.contains(definition) && present.contains(definition) && !foreign.containsKey(definition)) {
                add(definition, registry);
            }
        }
        Informers.requireSynced(revisions);
        checkpoints.forEach(Informers::requireSynced);
        handovers.values().forEach(Informers::requireSynced);
        pods.forEach(Informers::requireSynced);
        foreign.values().forEach(Informers::requireSynced);
    }

    private synchronized void add(Definition definition, EventSourceRetriever<KafkaFlinkPipeline> registry) {
        if (!foreign.containsKey(definition)) {
            LOG.atInfo().addKeyValue("definition", definition.definitionName()).log("is served now and is watched");
            InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline> source = factory.foreign(definition);
            // One whose start failed before is still registered, and is the one that is started now.
            foreign.put(definition, (InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline>)
                    registry.dynamicallyRegisterEventSource(source));
        }
    }

    private synchronized void remove(Definition definition, EventSourceRetriever<KafkaFlinkPipeline> registry) {
        if (foreign.remove(definition) != null) {
            LOG.atWarn()
                    .addKeyValue("definition", definition.definitionName())
                    .log("is no longer served, or its informer stopped; it is not watched until it is back");
            registry.dynamicallyDeRegisterEventSource(SourceFactory.name(definition));
        }
    }

    Set<Definition> served() {
        return served.get();
    }

    Optional<String> flinkOperatorTooOld() {
        return served.flinkOperatorTooOld();
    }

    Stream<KafkaFlinkPipeline> pipelines() {
        return index == null ? Stream.empty() : index.all();
    }

    PipelineIndex index() {
        return index;
    }

    InformerEventSource<ControllerRevision, KafkaFlinkPipeline> revisions() {
        return revisions;
    }

    List<InformerEventSource<ConfigMap, KafkaFlinkPipeline>> checkpoints() {
        return checkpoints;
    }

    /** The handovers of a namespace that the operator looks at. */
    InformerEventSource<ConfigMap, KafkaFlinkPipeline> handovers(String namespace) {
        return handovers.getOrDefault(namespace, handovers.get(Constants.WATCH_ALL_NAMESPACES));
    }

    List<InformerEventSource<Pod, KafkaFlinkPipeline>> pods() {
        return pods;
    }

    /** Empty while the definition is not served, or was never needed. */
    Optional<InformerEventSource<GenericKubernetesResource, KafkaFlinkPipeline>> foreign(Definition definition) {
        return Optional.ofNullable(foreign.get(definition));
    }
}
