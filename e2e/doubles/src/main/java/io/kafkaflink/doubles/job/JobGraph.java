package io.kafkaflink.doubles.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What main() makes of its configuration.
 *
 * @param configHash SHA-256 of the configuration in hex; null when main() got none
 * @param sourceUid uid of the source; null without records
 * @param uids of all operators with state, committers included
 * @param topics what the source reads: topic to number of partitions at most
 * @param group consumer group
 */
public record JobGraph(
        String configHash, String sourceUid, Set<String> uids, Map<String, Integer> topics, String group) {
    private static final String CONFIG_HASH = "--config-hash";

    public JobGraph {
        uids = Set.copyOf(uids);
        topics = Map.copyOf(topics);
    }

    /** A job of which only its arguments are known: without state and records. */
    public static JobGraph ofArguments(List<String> args) {
        return new JobGraph(argument(args, CONFIG_HASH).orElse(null), null, Set.of(), Map.of(), "none");
    }

    /** Value that follows a name in the arguments of main(). */
    public static Optional<String> argument(List<String> args, String name) {
        int at = args.indexOf(name);
        return at < 0 || at + 1 == args.size() ? Optional.empty() : Optional.of(args.get(at + 1));
    }
}
