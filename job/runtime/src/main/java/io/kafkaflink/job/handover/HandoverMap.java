package io.kafkaflink.job.handover;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The ConfigMap through which operator and job speak. */
interface HandoverMap extends AutoCloseable {

    /** For messages: namespace and name. */
    String name();

    /**
     * All data; empty when the ConfigMap does not exist.
     *
     * @throws IOException when nobody answers in time, or refuses
     */
    Optional<Map<String, String>> read() throws IOException;

    /**
     * Sets one key, if the data are still as expected at the very version that is replaced; conflicting writes of others are
     * looked at again.
     *
     * @return false when the data are not as expected any more, or the ConfigMap is gone
     * @throws IOException when nobody answers in time, or refuses; the value may have been written nevertheless
     */
    boolean write(String key, String value, Predicate<Map<String, String>> expected) throws IOException;

    @Override
    void close();
}
