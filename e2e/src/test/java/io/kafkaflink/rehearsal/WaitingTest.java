package io.kafkaflink.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.rehearsal.report.LineProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final LineProgress progress = new LineProgress(new PrintStream(output, true, StandardCharsets.UTF_8));
    private final AtomicInteger looks = new AtomicInteger();
    private final Waiting waiting = new Waiting(progress, looks::incrementAndGet);

    @Test
    @DisplayName("looks again until nothing is missing")
    void reached() {
        Iterator<Optional<String>> answers = List.of(Optional.of("a"), Optional.of("b"), Optional.<String>empty())
                .iterator();

        waiting.until("it", Duration.ofSeconds(30), answers::next);

        assertThat(looks).hasValue(2);
    }

    @Test
    @DisplayName("gives up at the deadline and says what was seen last")
    void deadline() {
        assertThatThrownBy(() -> waiting.until("jobs", Duration.ZERO, () -> Optional.of("clickstream JobStarting")))
                .isInstanceOf(RehearsalFailedException.class)
                .hasMessage("jobs: not reached within 0 s; last seen: clickstream JobStarting");
    }

    @Test
    @DisplayName("what ends the wait early is what is watched meanwhile")
    void failsEarly() {
        Waiting failing = new Waiting(progress, () -> {
            throw new IllegalStateException("the broker has ended");
        });

        assertThatThrownBy(() -> failing.until("jobs", Duration.ofMinutes(5), () -> Optional.of("x")))
                .hasMessage("the broker has ended");
    }

    @Test
    @DisplayName("plain lines carry the time, and a quarter of the events at a time")
    void lines() {
        progress.say("broker ready");
        progress.events(10, 100);
        progress.events(26, 100);
        progress.events(27, 100);

        assertThat(output.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.matches(" {3}0\\.\\d s {2}.*"))
                .last()
                .asString()
                .endsWith("replayed 26 of 100 events");
    }
}
