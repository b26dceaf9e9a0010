package io.kafkaflink.rehearsal.traffic;

import io.kafkaflink.rehearsal.check.Outages;
import io.kafkaflink.rehearsal.check.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Numbered records through one pipeline: one or more loads, the committed output, and their comparison. */
public final class NumberedFlow implements AutoCloseable {
    private final String bootstrapServers;
    private final int perSecond;
    private final NumberedOutput output;
    private final List<NumberedLoad> loads = new ArrayList<>();
    private final Map<String, Integer> sent = new TreeMap<>();

    /** Starts to read; nothing is sent yet. */
    public NumberedFlow(String bootstrapServers, String output, int perSecond) {
        this.bootstrapServers = bootstrapServers;
        this.perSecond = perSecond;
        this.output = new NumberedOutput(bootstrapServers, output);
    }

    /** Starts to send, beside what is sent already; each load has keys of its own. */
    public void send(String topic, Route route) {
        loads.add(new NumberedLoad(bootstrapServers, topic, perSecond, route));
    }

    /** Ends all loads; what they have sent is expected to come out. */
    public Map<String, Integer> stopSending() {
        loads.forEach(load -> sent.putAll(load.stop()));
        loads.forEach(NumberedLoad::close);
        loads.clear();
        return Map.copyOf(sent);
    }

    /** Committed records read so far; fails when sending or reading has failed. */
    public long received() {
        loads.forEach(NumberedLoad::progress);
        return output.progress();
    }

    /** About how many records come out in a second. */
    public int perSecond() {
        return perSecond;
    }

    /** Whether all that was sent, but for so many that are gone, has come out and nothing is left to read. */
    public boolean complete(long gone) {
        return output.complete(sent, gone);
    }

    /** How many of the records sent until the last stop have not come out, of some keys. */
    public long unseen(Predicate<String> keys) {
        return sent.entrySet().stream()
                .filter(entry -> keys.test(entry.getKey()))
                .mapToLong(entry -> entry.getValue() - output.seen(entry.getKey()))
                .sum();
    }

    /** Whether nothing that is committed is left to read. */
    public boolean atEnd() {
        return output.atEnd();
    }

    /** Compares what came out with what was sent. */
    public Verdict verdict() {
        return output.verdict(sent);
    }

    /** The longest pause of the output that touches a span of time, by the broker's clock. */
    public Optional<Outages.Gap> gap(Instant from, Instant to) {
        return output.gap(from, to);
    }

    /** When the output that follows a moment begins; empty while there is none. */
    public Optional<Instant> firstAfter(Instant moment) {
        return output.firstAfter(moment);
    }

    @Override
    public void close() {
        loads.forEach(NumberedLoad::close);
        output.close();
    }
}
