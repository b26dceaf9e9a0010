package io.kafkaflink.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.rehearsal.report.Timeline.Change;
import io.kafkaflink.rehearsal.report.Timeline.Upgrade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final Upgrade GROWN =
            new Upgrade("Growth", "Succeeded", "900ms", "600ms", "300ms", "2400ms", "2 of 4", "s3://b/savepoint-1");

    @TempDir
    Path folder;

    @Test
    @DisplayName("a page that needs nothing else, with pictures, upgrades and the table; names are escaped")
    void page() throws Exception {
        Path file = folder.resolve("reports/report.html");
        Timeline timeline = new Timeline(
                LongStream.of(500, 500, 500, 500, 0).boxed().toList(),
                LongStream.of(400, 0, 0, 1000, 600).boxed().toList(),
                List.of(
                        new Change("growth 2->4", 1, 3.5, 2.26, Optional.of(GROWN)),
                        new Change("operator <killed>", 3.5, 4.5, 0.1, Optional.empty())));

        HtmlReport.write(file, report("Rehearsal of a<b.yaml on Kubernetes"), timeline);

        String page = Files.readString(file);
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("Rehearsal of a&lt;b.yaml", "operator &lt;killed&gt;", "Nothing lost, nothing duplicated")
                .contains(
                        "<td>growth 2-&gt;4</td>",
                        "<td>Growth</td>",
                        "<td>2.3 s</td>",
                        "<td>600ms</td>",
                        "<td>2 of 4</td>")
                .contains("points=\"100.0,110.0 300.0,110.0 500.0,110.0 700.0,110.0 900.0,220.0\"")
                .doesNotContain("th:text", "th:each", "http://", "https://", "<script");
        assertThat(page.split("<polyline", -1)).hasSize(4);
    }

    @Test
    @DisplayName("what was sent and is not committed yet is the lag")
    void lag() {
        Timeline timeline = new Timeline(List.of(5L, 5L, 0L), List.of(2L, 5L, 3L), List.of());

        assertThat(timeline.lag()).containsExactly(3L, 3L, 0L);
    }

    @Test
    @DisplayName("a long run stays readable: few marks on the axes, whatever the numbers")
    void axes() {
        Plot plot = Plot.of(
                "x",
                new Plot.Series(
                        "sent",
                        IntStream.range(0, 777).mapToObj(second -> 1_234_567L).toList()));

        assertThat(plot.times())
                .extracting(Plot.Tick::label)
                .containsExactly("0 s", "160 s", "320 s", "480 s", "640 s");
        assertThat(plot.values()).extracting(Plot.Tick::label).hasSize(6).endsWith("1,234,567");
        assertThat(Plot.of("nothing", new Plot.Series("sent", List.of())).values())
                .hasSize(2);
    }

    private static Report report(String title) {
        return new Report(
                title,
                true,
                List.of(),
                List.of(),
                OptionalLong.empty(),
                0,
                Duration.ofSeconds(40),
                Duration.ofMinutes(3),
                List.of());
    }
}
