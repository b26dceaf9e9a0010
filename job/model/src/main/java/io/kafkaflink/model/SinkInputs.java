package io.kafkaflink.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each sink receives: the results of the last step, unless the source names it for dead letters or a window for late
 * records. A sink that is named receives nothing else, since its records have other fields than the results.
 */
final class SinkInputs {
    private final JobConfiguration configuration;
    private final Optional<RecordSchema> results;
    private final Violations found;
    private final Map<String, Optional<RecordSchema>> named = new HashMap<>();

    private SinkInputs(JobConfiguration configuration, Optional<RecordSchema> results, Violations found) {
        this.configuration = configuration;
        this.results = results;
        this.found = found;
    }

    /** @param results what leaves the last step; empty when that cannot be told */
    static SinkInputs check(JobConfiguration configuration, Optional<RecordSchema> results, Violations found) {
        SinkInputs inputs = new SinkInputs(configuration, results, found);
        inputs.deadLetters();
        inputs.late();
        inputs.someResults();
        return inputs;
    }

    /** The fields that reach a sink, when they can be told; dead letters have none. */
    Optional<RecordSchema> of(String sink) {
        return named.getOrDefault(sink, results);
    }

    private void deadLetters() {
        JobConfiguration.KafkaSource source =
                configuration.source() == null ? null : configuration.source().kafka();
        if (source == null || source.onError() == null) {
            return;
        }
        String path = "source.kafka.onError.sink";
        String sink = source.onError().sink();
        if (source.errorAction() == OnError.Action.DeadLetter) {
            claim(path, sink, "of a Kafka sink", Optional.empty());
            configuration.sinks().stream()
                    .filter(other -> other.name() != null && other.name().equals(sink))
                    .forEach(this::deadLetterSink);
        } else if (sink != null) {
            found.add(
                    path,
                    Violations.quoted(sink) + " with action: " + source.errorAction(),
                    "no sink",
                    "remove it or set action: DeadLetter");
        }
    }

    /** Dead letters keep value, key and headers. */
    private void deadLetterSink(JobConfiguration.Sink sink) {
        String path = "sinks[" + configuration.sinks().indexOf(sink) + "]";
        JobConfiguration.KafkaSink kafka = sink.kafka();
        if (kafka == null) {
            found.add(path, "another kind of sink for dead letters", "a Kafka sink", "change it, or name another one");
        } else if (kafka.format() == null || kafka.format().raw() == null) {
            found.add(
                    path + ".kafka.format",
                    "another format for dead letters",
                    "raw",
                    "set raw: they are written as they were read");
        } else if (!kafka.equals(new JobConfiguration.KafkaSink(
                kafka.topic(), kafka.format(), null, kafka.delivery(), kafka.transactionalIdPrefix()))) {
            found.add(
                    path + ".kafka",
                    "more than topic, format and delivery for dead letters",
                    "these only",
                    "remove the rest: they keep the key and the headers that they were read with");
        }
    }

    private void late() {
        for (int i = 0; i < configuration.transforms().size(); i++) {
            Transform step = configuration.transforms().get(i);
            if (step.window() != null && step.window().late() != null) {
                int before = i;
                claim(
                        "transforms[" + i + "].window.late.sink",
                        step.window().late().sink(),
                        "of a sink",
                        results.map(any -> RecordSchema.behind(configuration, before)));
            }
        }
    }

    private void claim(String path, String sink, String whose, Optional<RecordSchema> schema) {
        if (!found.present(path, sink, "the name " + whose)) {
            return;
        }
        Set<String> names = configuration.sinks().stream()
                .map(JobConfiguration.Sink::name)
                .filter(name -> name != null)
                .collect(Collectors.toSet());
        if (!names.contains(sink)) {
            found.add(path, Violations.quoted(sink), "the name " + whose, "add the sink or correct the name");
        } else if (named.containsKey(sink)) {
            found.add(
                    path,
                    Violations.quoted(sink) + ", which receives other records already",
                    "a sink of its own",
                    "add one");
        } else {
            named.put(sink, schema);
        }
    }

    private void someResults() {
        if (!configuration.sinks().isEmpty()
                && configuration.sinks().stream()
                        .map(JobConfiguration.Sink::name)
                        .allMatch(named::containsKey)) {
            found.add("sinks", "none for what leaves the last step", "at least one", "add it");
        }
    }
}
