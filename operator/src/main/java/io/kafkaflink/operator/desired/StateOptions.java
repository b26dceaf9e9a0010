package io.kafkaflink.operator.desired;

import io.kafkaflink.model.Violation;
import io.kafkaflink.operator.api.v1alpha1.StateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Flink's options for what {@code spec.state} says of backend and checkpoints; nothing for what it leaves open. */
final class StateOptions {
    private static final String BACKEND = "state.backend.type";

    private StateOptions() {}

    /** One option that a field decides. */
    record Option(String field, String key, String value) {}

    static List<Option> of(StateSpec state) {
        StateSpec.Checkpoints checkpoints = state.checkpoints() == null
                ? new StateSpec.Checkpoints(null, null, null, null, null, null)
                : state.checkpoints();
        return Stream.of(
                        option("backend", BACKEND, state.backend() == null ? null : name(state.backend())),
                        option(
                                "checkpoints.incremental",
                                "execution.checkpointing.incremental",
                                checkpoints.incremental()),
                        option(
                                "checkpoints.unaligned",
                                "execution.checkpointing.unaligned.enabled",
                                checkpoints.unaligned()),
                        option("checkpoints.minPause", "execution.checkpointing.min-pause", checkpoints.minPause()),
                        option(
                                "checkpoints.concurrent",
                                "execution.checkpointing.max-concurrent-checkpoints",
                                checkpoints.concurrent()),
                        option(
                                "checkpoints.toleratedFailures",
                                "execution.checkpointing.tolerable-failed-checkpoints",
                                checkpoints.toleratedFailures()),
                        option("checkpoints.retained", "execution.checkpointing.num-retained", checkpoints.retained()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Option> option(String field, String key, Object value) {
        return Optional.ofNullable(value).map(said -> new Option("spec.state." + field, key, said.toString()));
    }

    private static String name(StateSpec.Backend backend) {
        return switch (backend) {
            case HashMap -> "hashmap";
            case RocksDB -> "rocksdb";
        };
    }

    /** Fields that Flink takes one of only, and options that the user sets beside the field that decides them. */
    static List<Violation> refused(StateSpec state, Map<String, String> users) {
        return Stream.of(together(state), saidTwice(state, users))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Violation> together(StateSpec state) {
        List<Violation> found = new ArrayList<>();
        StateSpec.Checkpoints checkpoints = state.checkpoints();
        if (checkpoints == null) {
            return found;
        }
        if (Boolean.TRUE.equals(checkpoints.incremental()) && state.backend() != StateSpec.Backend.RocksDB) {
            found.add(new Violation(
                    "spec.state.checkpoints.incremental",
                    "true without spec.state.backend: RocksDB",
                    "RocksDB, the only one that knows what changed",
                    "set the backend or leave it out"));
        }
        boolean several = checkpoints.concurrent() != null && checkpoints.concurrent() > 1;
        if (several && (Boolean.TRUE.equals(checkpoints.unaligned()) || checkpoints.minPause() != null)) {
            found.add(new Violation(
                    "spec.state.checkpoints.concurrent",
                    checkpoints.concurrent() + " beside unaligned or minPause",
                    "1, since these allow one checkpoint at a time",
                    "remove one of them"));
        }
        return found;
    }

    /** Options that the user sets beside the field that decides them. */
    private static List<Violation> saidTwice(StateSpec state, Map<String, String> users) {
        return of(state).stream()
                .filter(option -> users.containsKey(option.key()))
                .map(option -> new Violation(
                        RefusedOptions.PATH + "[" + option.key() + "]",
                        "an option that " + option.field() + " sets",
                        "no entry",
                        "remove one of the two"))
                .toList();
    }

    /** The backend in a rendered FlinkDeployment's options. */
    static String backend(Map<?, ?> options) {
        return String.valueOf(options.get(BACKEND));
    }
}
