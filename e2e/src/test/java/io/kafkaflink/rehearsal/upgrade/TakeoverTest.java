package io.kafkaflink.rehearsal.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.rehearsal.check.Outages.Gap;
import io.kafkaflink.rehearsal.upgrade.Takeover.Phases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TakeoverTest {
    private static final ArmVerdict VERDICT =
            new ArmVerdict(1, "0123456789abcdef0123456789abcdef", "r-1", null, null, null, null, null, null);

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private static Takeover takeover(Optional<Instant> go, Optional<Instant> answered, Optional<Instant> running) {
        return new Takeover(
                "clicks-b",
                VERDICT,
                at(1_000),
                Optional.of(at(4_000)),
                go,
                Optional.empty(),
                answered,
                running,
                Optional.empty());
    }

    @Test
    @DisplayName("the parts of a gap add up to it")
    void parts() {
        Takeover takeover = takeover(Optional.of(at(5_000)), Optional.of(at(5_400)), Optional.of(at(7_000)));

        assertThat(takeover.timeArmed()).contains(Duration.ofSeconds(4));
        assertThat(takeover.phases(new Gap(at(4_200), at(7_500))))
                .contains(new Phases(
                        Duration.ofMillis(800),
                        Duration.ofMillis(400),
                        Duration.ofMillis(1_600),
                        Duration.ofMillis(500)));
    }

    @Test
    @DisplayName("output that comes before all tasks were seen to run took no time of its own")
    void early() {
        Takeover takeover = takeover(Optional.of(at(5_000)), Optional.of(at(5_400)), Optional.of(at(7_000)));

        assertThat(takeover.phases(new Gap(at(4_200), at(6_900))).orElseThrow().firstOutput())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    @DisplayName("of several takeovers the one that was told to go within the gap made it, else the last one is shown")
    void several() {
        Takeover first = takeover(Optional.of(at(5_000)), Optional.of(at(5_400)), Optional.of(at(7_000)));
        Takeover second = takeover(Optional.of(at(45_000)), Optional.of(at(45_400)), Optional.of(at(47_000)));
        List<Takeover> both = List.of(first, second);

        assertThat(Takeover.of(Optional.of(new Gap(at(4_200), at(7_500))), both))
                .contains(first);
        assertThat(Takeover.of(Optional.of(new Gap(at(44_200), at(47_500))), both))
                .contains(second);
        assertThat(Takeover.of(Optional.of(new Gap(at(20_000), at(22_000))), both))
                .contains(second);
        assertThat(second.phases(new Gap(at(50_000), at(52_000)))).isEmpty();
        assertThat(Takeover.of(Optional.empty(), List.of())).isEmpty();
    }

    @Test
    @DisplayName("a job that was told nothing, or did not start, has no part in a gap")
    void noPart() {
        Gap gap = new Gap(at(4_200), at(9_000));

        assertThat(takeover(Optional.empty(), Optional.empty(), Optional.empty())
                        .phases(gap))
                .isEmpty();
        assertThat(takeover(Optional.of(at(5_000)), Optional.of(at(5_400)), Optional.empty())
                        .phases(gap))
                .isEmpty();
    }
}
