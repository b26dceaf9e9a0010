package io.kafkaflink.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.pipeline.NumberedPipeline;
import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.report.Progress;
import io.kafkaflink.rehearsal.traffic.EventReplay;
import io.kafkaflink.rehearsal.traffic.NumberedLoad;
import io.kafkaflink.rehearsal.traffic.NumberedOutput;
import io.kafkaflink.rehearsal.traffic.SinkOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is sent and read while the pipelines run. */
final class Load implements AutoCloseable {
    /** About how long the steps take; the events are spread over it, what is left is sent at the end at once. */
    private static final Duration SPREAD = Duration.ofSeconds(150);

    private static final Duration SEND_THE_REST = Duration.ofMinutes(5);

    private final Optional<EventReplay> replay;
    private final NumberedLoad numbered;
    private final NumberedOutput numberedOutput;
    private final Map<Shape.Sink, SinkOutput> outputs = new LinkedHashMap<>();
    private final int events;
    private Map<String, Integer> sent = Map.of();

    /** Starts to send and to read; the topics are there. */
    Load(String bootstrapServers, Shape shape, List<ObjectNode> events, NumberedPipeline pipeline, int perSecond) {
        this.events = events.size();
        shape.sinks().stream()
                .filter(sink -> sink.results() && !sink.topics().isEmpty())
                .forEach(sink -> outputs.put(sink, new SinkOutput(bootstrapServers, sink)));
        numberedOutput = new NumberedOutput(bootstrapServers, pipeline.output());
        numbered = new NumberedLoad(bootstrapServers, pipeline.input(), perSecond);
        double pace = Math.max(1, events.size() / (double) SPREAD.toSeconds());
        replay = shape.source() instanceof Shape.KafkaInput
                ? Optional.of(new EventReplay(bootstrapServers, shape, events, pace))
                : Optional.empty();
    }

    /** Shows how far the replay is; fails when sending or reading has failed. */
    void show(Progress progress) {
        numbered.progress();
        replay.ifPresent(running -> progress.events(running.progress(), events));
    }

    /** Committed records of the numbered pipeline read so far. */
    long numberedOut() {
        return numberedOutput.progress();
    }

    /** Committed records of all pipelines read so far. */
    long committed() {
        return numberedOut()
                + outputs.values().stream().mapToLong(SinkOutput::progress).sum();
    }

    /** Sends into partitions that topics have got, which the job reads now. */
    void useNewPartitions() {
        replay.ifPresent(EventReplay::useNewPartitions);
    }

    /** Stops sending; all events have been sent then. */
    void finish() {
        replay.ifPresent(running -> running.finish(SEND_THE_REST));
        sent = numbered.stop();
    }

    Optional<EventReplay> replay() {
        return replay;
    }

    Map<Shape.Sink, SinkOutput> outputs() {
        return outputs;
    }

    /** Whether all numbered records have come out. */
    boolean numberedComplete() {
        return numberedOutput.complete(sent);
    }

    Verdict numberedVerdict() {
        return numberedOutput.verdict(sent);
    }

    /** Numbered records sent in each second. */
    long[] sentPerSecond(Instant from, Instant to) {
        return numbered.perSecond(from, to);
    }

    /** Numbered records committed in each second. */
    long[] committedPerSecond(Instant from, Instant to) {
        return numberedOutput.perSecond(from, to);
    }

    Duration pause(Instant from, Instant to) {
        return numberedOutput.pause(from, to);
    }

    @Override
    public void close() {
        replay.ifPresent(EventReplay::close);
        numbered.close();
        numberedOutput.close();
        outputs.values().forEach(SinkOutput::close);
    }
}
