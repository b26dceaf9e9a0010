package io.kafkaflink.rehearsal.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkaflink.rehearsal.check.NumberedCheck;
import io.kafkaflink.rehearsal.check.Outages;
import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.pipeline.NumberedPipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the committed output of the numbered pipeline and checks each record as it comes. */
public final class NumberedOutput implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NumberedCheck check = new NumberedCheck();
    private final Outages outages = new Outages();
    private final CommittedReader reader;

    /** Starts to read. */
    public NumberedOutput(String bootstrapServers, String topic) {
        reader = new CommittedReader(bootstrapServers, topic, this::receive);
    }

    private synchronized void receive(ConsumerRecord<String, String> record) {
        outages.appended(record.timestamp());
        try {
            JsonNode value = JSON.readTree(record.value());
            JsonNode number = value.path(NumberedPipeline.NUMBER);
            if (number.canConvertToInt() && number.asInt() >= 0 && value.has(NumberedPipeline.KEY)) {
                check.saw(
                        value.get(NumberedPipeline.KEY).asText(),
                        number.asInt(),
                        value.path(NumberedPipeline.COUNT).asLong());
            } else {
                check.sawUnreadable(record.value());
            }
        } catch (JsonProcessingException malformed) {
            check.sawUnreadable(record.value());
        }
    }

    /** Records read so far. */
    public long progress() {
        return reader.progress();
    }

    /** Whether everything sent has come out and nothing committed is left to read. */
    public boolean complete(Map<String, Integer> sent) {
        return complete(sent, 0);
    }

    /** The same when so many records are known to be gone. */
    synchronized boolean complete(Map<String, Integer> sent, long gone) {
        long expected = sent.values().stream().mapToLong(Integer::longValue).sum();
        return check.distinct() >= expected - gone && reader.atEnd();
    }

    /** How many different records of a key have come out. */
    synchronized int seen(String key) {
        return check.distinct(key);
    }

    /** Compares with what was sent. */
    public synchronized Verdict verdict(Map<String, Integer> sent) {
        return check.verdict(sent);
    }

    /** The longest pause of the output that touches a span of time. */
    public synchronized Duration pause(Instant from, Instant to) {
        return outages.longest(from, to);
    }

    /** The same with its borders; empty without output. */
    public synchronized Optional<Outages.Gap> gap(Instant from, Instant to) {
        return outages.longestGap(from, to);
    }

    /** Committed records in each second of a span of time, by the broker's clock. */
    public synchronized long[] perSecond(Instant from, Instant to) {
        return outages.perSecond(from, to);
    }

    /** When the output that follows a moment begins; empty while there is none. */
    public synchronized Optional<Instant> firstAfter(Instant moment) {
        return outages.firstAfter(moment);
    }

    /** Whether nothing committed is left to read, as of the last fetch. */
    public boolean atEnd() {
        return reader.atEnd();
    }

    @Override
    public void close() {
        reader.close();
    }
}
