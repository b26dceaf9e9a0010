package io.kafkaflink.operator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Sink;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.Transform;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.desired.Revision;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Refuses a change under which the new job could not take up the old job's state: Flink would reject the savepoint, or
 * read state under a meaning it did not have.
 */
final class StateGuard {
    private static final ObjectMapper JSON = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

    private StateGuard() {}

    /** @param ran the revision of the last job that ran */
    static List<Refusal> refusals(Revision ran, Revision wanted) {
        if (ran.configHash().equals(wanted.configHash())) {
            return List.of();
        }
        Optional<JobConfiguration> before = Target.readable(ran);
        Optional<JobConfiguration> after = Target.readable(wanted);
        return before.isPresent() && after.isPresent()
                ? refusals(before.get(), after.get())
                : List.of(unreadable(before.isPresent() ? wanted : ran));
    }

    private static Refusal unreadable(Revision revision) {
        return Refusal.stalled(
                Reasons.REVISION_UNREADABLE,
                "ControllerRevision " + revision.name() + " holds a job configuration that this operator cannot read;"
                        + " another version of it wrote it, and without it nothing tells whether the new job would read"
                        + " the old one's state rightly. Set the spec back to what is deployed, or run that version of"
                        + " the operator");
    }

    static List<Refusal> refusals(JobConfiguration deployed, JobConfiguration wanted) {
        return Stream.of(ends(deployed, wanted), steps(deployed, wanted), sinks(deployed, wanted.sinks()))
                .flatMap(refusals -> refusals)
                .toList();
    }

    /** Where reading ends was looked up at the first start and is part of the source's state since. */
    private static Stream<Refusal> ends(JobConfiguration deployed, JobConfiguration wanted) {
        String field =
                wanted.source().kafka() == null ? "spec.source.datagen.count" : "spec.source.kafka.stoppingOffsets";
        Object before = end(deployed.source());
        Object after = end(wanted.source());
        if (!Objects.equals(before, after)) {
            return Stream.of(Refusal.stalled(
                    Reasons.END_FIXED,
                    field + ": found " + words(after) + ", deployed " + words(before)
                            + "; where reading ends was settled at the first start. Set it back, or create another"
                            + " pipeline"));
        }
        boolean same = deployed.uids().source().equals(wanted.uids().source());
        return before == null || same
                ? Stream.empty()
                : Stream.of(Refusal.stalled(
                        Reasons.END_FIXED,
                        field
                                + ": this change gives the source a new uid, under which it would not know what it has read"
                                + " to its end already and where the rest ends. Set back its topics,"
                                + " upgrade.uidChangeNonce or upgrade.uidPolicy, or create another pipeline"));
    }

    private static Object end(JobConfiguration.Source source) {
        return source.kafka() == null
                ? source.datagen().count()
                : source.kafka().stoppingOffsets();
    }

    private static String words(Object end) {
        return end == null ? "no end" : end.toString();
    }

    private static Stream<Refusal> steps(JobConfiguration deployed, JobConfiguration wanted) {
        return deployed.transforms().stream()
                .filter(StateGuard::keepsState)
                .flatMap(before -> wanted.transforms().stream()
                        .filter(step -> step.id().equals(before.id()))
                        .findFirst()
                        .map(after -> changed(deployed, before, wanted, after))
                        .orElseGet(() -> Optional.of(removed(before)))
                        .stream());
    }

    private static Optional<Refusal> changed(
            JobConfiguration deployed, Transform before, JobConfiguration wanted, Transform after) {
        if (sameState(before, after) && types(deployed, before).equals(types(wanted, after))) {
            return Optional.empty();
        }
        return Optional.of(Refusal.stalled(
                Reasons.STATE_WOULD_BE_DROPPED,
                "spec.transforms[" + before.id()
                        + "]: kind, key, window, metrics or the type of a field changed under the same"
                        + " id, so that its state would be read with another meaning; deployed " + spelled(before)
                        + ". Go back, or give the step another id"));
    }

    /** The step as it stands in a spec, to go back to. */
    private static String spelled(Transform step) {
        try {
            return JSON.writeValueAsString(step);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Refusal removed(Transform before) {
        return Refusal.consent(
                Reasons.STATE_WOULD_BE_DROPPED,
                "spec.transforms[" + before.id() + "]: removed, so that its state would be dropped; deployed "
                        + spelled(before) + ". Keep it",
                Risk.DroppedState,
                before.uid());
    }

    static boolean keepsState(Transform step) {
        return switch (step.kind()) {
            case KeyedCount, Deduplicate, Window -> true;
            case Custom -> step.custom().keyBy() != null;
            // What a query keeps only the job can tell: it is named by the query, and compared while the job is armed.
            case Sql -> false;
            case Prefix, Project, Rebalance, Filter, Flatten -> false;
        };
    }

    /** The types of the fields that are part of a step's state: Flink refuses state that was written with others. */
    private static Map<String, FieldType> types(JobConfiguration configuration, Transform step) {
        RecordSchema schema = RecordSchema.of(configuration.source());
        for (Transform earlier : configuration.transforms()) {
            if (earlier.id().equals(step.id())) {
                break;
            }
            schema = schema.after(earlier);
        }
        Map<String, FieldType> types = new TreeMap<>();
        for (String field : fields(step)) {
            types.put(field, schema.get(field).type());
        }
        return types;
    }

    private static List<String> fields(Transform step) {
        return switch (step.kind()) {
            case Prefix, Project, Rebalance, Filter, Flatten, Sql -> List.of();
            case Custom -> Stream.ofNullable(step.custom().keyBy()).toList();
            case KeyedCount -> List.of(step.keyedCount().keyBy());
            case Deduplicate -> List.of(step.deduplicate().keyBy());
            case Window ->
                Stream.concat(
                                Stream.of(step.window().keyBy()),
                                step.window().metrics().stream().flatMap(metric -> metric.field().stream()))
                        .toList();
        };
    }

    /**
     * The name of a count, the span of a deduplication and where late records of a window go are no part of their state;
     * what a function keeps by its keys is the business of its class, another one included.
     * Everything else of a window is: kept ones would have other bounds, and would be forgotten too early or never with
     * another lateness.
     */
    private static boolean sameState(Transform before, Transform after) {
        if (before.keyedCount() != null && after.keyedCount() != null) {
            return before.keyedCount().keyBy().equals(after.keyedCount().keyBy());
        }
        if (before.deduplicate() != null && after.deduplicate() != null) {
            return before.deduplicate().keyBy().equals(after.deduplicate().keyBy());
        }
        if (before.custom() != null && after.custom() != null) {
            return Objects.equals(before.custom().keyBy(), after.custom().keyBy());
        }
        if (before.window() != null && after.window() != null) {
            return before.window().droppingLate().equals(after.window().droppingLate());
        }
        return before.equals(after);
    }

    /** Every Kafka sink keeps state, with exactly-once delivery or not; the other kinds keep none. */
    private static Stream<Refusal> sinks(JobConfiguration deployed, List<Sink> wanted) {
        return deployed.sinks().stream()
                .filter(sink -> sink.kafka() != null
                        && wanted.stream()
                                .noneMatch(other ->
                                        other.kafka() != null && other.name().equals(sink.name())))
                .map(sink -> Refusal.consent(
                        Reasons.STATE_WOULD_BE_DROPPED,
                        "spec.sinks[" + sink.name() + "]: removed or of another kind, so that its state would be"
                                + " dropped. Keep it",
                        Risk.DroppedState,
                        deployed.uids().sinks().getOrDefault(sink.name(), sink.name())));
    }
}
