package io.kafkaflink.rehearsal.traffic;

import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which key a numbered record gets, and who decides on its partition. */
public interface Route {
    /**
     * What one record gets.
     *
     * @param partition empty when the producer chooses it, as Kafka does by default
     */
    record Target(String key, Optional<Integer> partition) {}

    /**
     * Of one record.
     *
     * @param index number of the record, from 0
     * @param partitions that the topic has, as far as the producer knows
     */
    Target target(long index, int partitions);

    /**
     * Each key stays in the partition it began in, also when the topic grows, so that its order is defined all the way;
     * partitions that appear get keys of their own.
     *
     * @param prefix sets the keys of several loads of one output apart
     * @param used partitions that get records; at least one
     */
    static Route pinned(String prefix, IntPredicate used) {
        int keysEach = 8;
        return (index, partitions) -> {
            int[] all = IntStream.range(0, partitions).filter(used).toArray();
            int partition = all[(int) (index % all.length)];
            return new Target(
                    prefix + "p" + partition + "-k" + (index / all.length % keysEach), Optional.of(partition));
        };
    }

    /**
     * Kafka's own choice: hash of the key modulo the number of partitions. Keys move when the topic grows, as those of any
     * producer do that was never told of this.
     */
    static Route byKey(String prefix) {
        int keys = 32;
        return (index, partitions) -> new Target(prefix + "k" + index % keys, Optional.empty());
    }
}
