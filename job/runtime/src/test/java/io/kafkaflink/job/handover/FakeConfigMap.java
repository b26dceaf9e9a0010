package io.kafkaflink.job.handover;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A ConfigMap in memory, whose API server can be away. */
final class FakeConfigMap implements HandoverMap {
    final Map<String, String> data = new TreeMap<>();
    boolean exists = true;
    boolean away;
    int writes;

    @Override
    public String name() {
        return "shop/clicks-a-handover";
    }

    @Override
    public Optional<Map<String, String>> read() throws IOException {
        answer();
        return exists ? Optional.of(Map.copyOf(data)) : Optional.empty();
    }

    @Override
    public boolean write(String key, String value, Predicate<Map<String, String>> expected) throws IOException {
        answer();
        if (!exists || !expected.test(Map.copyOf(data))) {
            return false;
        }
        data.put(key, value);
        writes++;
        return true;
    }

    private void answer() throws IOException {
        if (away) {
            throw new IOException("ConfigMap " + name() + ": no answer within 30 s");
        }
    }

    @Override
    public void close() {
        away = true;
    }
}
