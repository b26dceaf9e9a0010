package io.kafkaflink.rehearsal.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
    private static final String LINE =
            "192.0.2.7 - - [17/May/2015:10:05:03 +0000] \"GET /docs/a.html?x=1 HTTP/1.1\" 200"
                    + " 203023 \"http://example.org/\\\"quoted\\\"\" \"Mozilla/5.0 (X11)\"";

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("input file"), text);
    }

    @Test
    @DisplayName("a line in combined format becomes a click, without its query and address")
    void accessLog() throws IOException {
        ObjectNode event = InputFile.read(file(LINE)).events().get(0);

        assertThat(event.get("page").asText()).isEqualTo("/docs/a.html");
        assertThat(event.get("timestamp").asLong()).isEqualTo(1431857103000L);
        assertThat(event.get("status").asLong()).isEqualTo(200);
        assertThat(event.get("bytes").asLong()).isEqualTo(203023);
        assertThat(event.get("bot").asBoolean()).isFalse();
        assertThat(event.get("userId").asText()).matches("[0-9a-f]{12}");
        assertThat(event.toString()).doesNotContain("192.0.2.7");
    }

    @Test
    @DisplayName("time zones, absent sizes, crawlers, requests without protocol")
    void variants() {
        Optional<ObjectNode> event = AccessLog.parse("host - frank [17/May/2015:12:05:03 +0200] \"HEAD /\" 304 -"
                + " \"-\" \"Googlebot/2.1 (+http://www.google.com/bot.html)\"");

        assertThat(event.orElseThrow().get("timestamp").asLong()).isEqualTo(1431857103000L);
        assertThat(event.orElseThrow().get("bytes").asLong()).isZero();
        assertThat(event.orElseThrow().get("bot").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("lines that are no request, no time or cut off are skipped and counted")
    void skipped() throws IOException {
        InputFile input = InputFile.read(file(LINE + "\n\n" + LINE.substring(0, 90) + "\n" + LINE.replace("May", "Moy")
                + "\n" + LINE + "\n" + LINE + "\n" + LINE.replace("GET /docs/a.html?x=1 HTTP/1.1", "-") + "\n" + LINE));

        assertThat(input.events()).hasSize(4);
        assertThat(input.skipped()).isEqualTo(3);
        assertThat(input.firstSkipped()).isEqualTo(3);
    }

    @Test
    @DisplayName("JSON lines in the order of the file")
    void jsonLines() throws IOException {
        InputFile input = InputFile.read(file("{\"a\":1}\n{\"a\":2}\n[3]\n"));

        assertThat(input.events()).extracting(event -> event.get("a").asInt()).containsExactly(1, 2);
        assertThat(input.skipped()).isEqualTo(1);
    }

    @Test
    @DisplayName("a file of something else is refused with the first bad line")
    void somethingElse() throws IOException {
        Path bad = file("id,name\n1,x\n");

        assertThatThrownBy(() -> InputFile.read(bad))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("2 of 2 lines")
                .hasMessageContaining("the first is line 1");
        assertThatThrownBy(() -> InputFile.read(folder.resolve("absent")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    @DisplayName("bytes that are not UTF-8 do not end the run")
    void notUtf8() throws IOException {
        Path file = Files.write(
                folder.resolve("log"), LINE.replace("a.html", "\u00e9").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(InputFile.read(file).events()).hasSize(1);
    }

    @Test
    @DisplayName("the bundled events: some hundred clicks, out of order by less than a minute")
    void bundled() {
        InputFile input = InputFile.standard(Optional.empty());

        long newest = 0;
        long furthest = 0;
        for (ObjectNode event : input.events()) {
            long time = event.get("timestamp").asLong();
            newest = Math.max(newest, time);
            furthest = Math.max(furthest, newest - time);
        }
        assertThat(input.events()).hasSizeGreaterThan(300);
        assertThat(input.skipped()).isZero();
        assertThat(furthest).isBetween(30_000L, 59_000L);
    }

    @Test
    @DisplayName("real clicks beside the checkout are preferred to the bundled ones")
    void besideTheCheckout() throws IOException {
        Path data = Files.createDirectories(folder.resolve("shared/data"));
        Files.writeString(data.resolve("clicks.jsonl"), "{\"real\":true}");
        Path checkout = Files.createDirectories(folder.resolve("checkout"));

        assertThat(InputFile.standard(Optional.of(checkout)).events()).hasSize(1);
    }
}
