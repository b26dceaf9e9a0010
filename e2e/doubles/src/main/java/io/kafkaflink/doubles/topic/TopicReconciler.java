package io.kafkaflink.doubles.topic;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One synchronous reconciliation after another, without threads and without waits of its own, so that a simulated world
 * can step it.
 */
public final class TopicReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReconciler.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final KafkaTopicStore store;
    private final Topics kafka;
    private final TopicRules rules;
    private final Clock clock;
    private Instant silentSince;

    /** The clock decides how long Kafka has been silent and stamps the conditions. */
    public TopicReconciler(KafkaTopicStore store, Topics kafka, TopicOperatorSettings settings, Clock clock) {
        this.store = store;
        this.kafka = kafka;
        this.rules = new TopicRules(settings);
        this.clock = clock;
    }

    /**
     * Makes Kafka follow one resource and reports in its status.
     *
     * @return when to look again, empty when only an event or the resync need to
     */
    public Optional<Duration> reconcile(String name) {
        Optional<KafkaTopic> found = store.get(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        KafkaTopic topic = found.get();
        Optional<Decision> early = rules.withoutKafka(topic, store.all());
        Decision decision = early.isPresent() ? early.get() : askKafka(topic);
        if (decision instanceof Decision.Report report) {
            return report(topic, report);
        } else if (decision instanceof Decision.LetGo letGo) {
            return letGo(topic, letGo);
        }
        return decision instanceof Decision.Wait ? Optional.of(RETRY) : Optional.empty();
    }

    /** A resource is gone: without finalizers this is where the topic is deleted. */
    public void vanished(KafkaTopic topic) {
        rules.vanished(topic).ifPresent(this::run);
    }

    private Decision askKafka(KafkaTopic topic) {
        if (rules.wantsFinalizer(topic)) {
            store.addFinalizer(topic);
        }
        TopicFacts facts = kafka.describe(topic.topicName());
        if (!(facts instanceof TopicFacts.Unreachable)) {
            silentSince = null;
            return rules.withKafka(topic, facts, Duration.ZERO);
        }
        if (silentSince == null) {
            silentSince = clock.instant();
        }
        return rules.withKafka(topic, facts, Duration.between(silentSince, clock.instant()));
    }

    private Optional<Duration> report(KafkaTopic topic, Decision.Report report) {
        Verdict verdict = report.verdict();
        try {
            for (TopicAction action : report.actions()) {
                Optional<String> id = perform(action);
                verdict = id.isPresent() ? verdict.withTopicId(id.get()) : verdict;
            }
        } catch (KafkaFailure e) {
            if (e.isUnreachable()) {
                return Optional.of(RETRY);
            }
            verdict = Verdict.kafkaError(e.getMessage(), topic.topicName());
        }
        KafkaTopicStatus status = verdict.asStatus(topic, clock.instant());
        if (!status.saysTheSameAs(topic.status())) {
            store.writeStatus(topic, status);
        }
        return silentSince == null ? Optional.empty() : Optional.of(RETRY);
    }

    private Optional<Duration> letGo(KafkaTopic topic, Decision.LetGo letGo) {
        if (letGo.action().isPresent() && !run(letGo.action().get())) {
            return Optional.of(RETRY);
        }
        store.removeFinalizer(topic);
        return Optional.empty();
    }

    private boolean run(TopicAction action) {
        try {
            perform(action);
            return true;
        } catch (KafkaFailure e) {
            LOG.warn("Topic Operator double: {} failed: {}", action, e.getMessage());
            return false;
        }
    }

    private Optional<String> perform(TopicAction action) throws KafkaFailure {
        if (action instanceof TopicAction.Create create) {
            return Optional.of(kafka.create(create.topic(), create.partitions(), create.replicas(), create.config()));
        } else if (action instanceof TopicAction.AddPartitions add) {
            kafka.addPartitions(add.topic(), add.total());
        } else if (action instanceof TopicAction.AlterConfig alter) {
            kafka.alterConfig(alter.topic(), alter.set(), alter.remove());
        } else if (action instanceof TopicAction.Delete delete) {
            kafka.delete(delete.topic());
        }
        return Optional.empty();
    }
}
