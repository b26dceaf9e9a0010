package io.kafkaflink.model.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandoverJsonTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/handover");
    private static final Map<String, HandoverDocument> DOCUMENTS = new TreeMap<>(Map.of(
            HandoverKeys.ORDER, Documents.ORDER,
            HandoverKeys.ARMED, Documents.ARMED,
            HandoverKeys.DRAINED, Documents.DRAINED,
            HandoverKeys.GO, Documents.GO,
            HandoverKeys.RESULT, Documents.RESULT,
            HandoverKeys.VERIFIED, Documents.VERIFIED));

    @Test
    @DisplayName("Every document is written as in its golden file, and read back as it was")
    void golden() throws IOException {
        for (Map.Entry<String, HandoverDocument> each : DOCUMENTS.entrySet()) {
            Path file = GOLDEN.resolve(each.getKey() + ".json");
            String json = HandoverJson.write(each.getValue());
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(file, json + "\n");
            }
            assertThat(json + "\n").as(each.getKey()).isEqualTo(Files.readString(file));
            assertThat(HandoverJson.read(json, each.getValue().getClass()))
                    .isEqualTo(new Reading.Found<>(each.getValue()));
        }
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder(DOCUMENTS.keySet().stream()
                            .map(key -> key + ".json")
                            .toArray(String[]::new));
        }
    }

    @Test
    void tellsThatNothingIsThere() {
        assertThat(HandoverJson.read(null, GoOrder.class)).isInstanceOf(Reading.Absent.class);
    }

    /** Each row replaces a part of the golden go order. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "version":1           | "version":0                    | version: found 0, expected 1 or more
            "version":1           | "version":"1"                  | version: cannot be read as JSON
            "version":1           | "version":1.5                  | version: cannot be read as JSON
            "version":1           | "version":99999999999          | version: cannot be read as JSON
            "version":1           | "version":1,"version":1        | cannot be read as JSON: Duplicate field 'version'
            "jobId"               | "job"                          | jobId: found nothing
            00112233445566778899  | 0011223344556677889X           | jobId: found '0011223344556677889Xaabbccddeeff', expected the 32 hex digits
            "Savepoint"           | "Backwards"                    | offsets: found nothing, or a word that this version does not know
            "Savepoint"           | 0                              | offsets: cannot be read as JSON
            "savepoint"           | "savepint"                     | savepoint: found nothing
            "allowDropped":[      | "allowDropped":[[],            | allowDropped.[0]: cannot be read as JSON
            "upgradeId"           | "upgrade"                      | upgradeId: found nothing
            {"version"            | []{"version"                   | cannot be read as JSON
            5f1d0c3e"}]}          | 5f1d0c3e"}]                    | cannot be read as JSON
            5f1d0c3e"}]}          | 5f1d0c3e"}]}{}                 | cannot be read as JSON: Trailing token
            """)
    void turnsWhatItCannotTrustIntoAValue(String part, String replacement, String message) {
        String json = HandoverJson.write(Documents.GO);
        assertThat(json).contains(part);
        Reading<GoOrder> reading = HandoverJson.read(json.replace(part, replacement), GoOrder.class);
        assertThat(reading)
                .isInstanceOfSatisfying(Reading.Unreadable.class, unreadable -> assertThat(unreadable.message())
                        .startsWith(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"``", "null", "[]", "4", "\"text\"", "{"})
    void refusesWhatIsNoObject(String json) {
        assertThat(HandoverJson.read(json, Verification.class)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void refusesWhatIsTooLarge() {
        String padded = HandoverJson.write(Documents.GO) + " ".repeat(HandoverJson.LARGEST);
        assertThat(HandoverJson.read(padded, GoOrder.class))
                .isInstanceOfSatisfying(Reading.Unreadable.class, unreadable -> assertThat(unreadable.message())
                        .matches("found \\d+ bytes, expected at most 4096"));
    }

    @Test
    @DisplayName("A verdict that only a newer job knows counts as Unknown, a new outcome as unreadable")
    void newWords() {
        String verdict = HandoverJson.write(Documents.ARMED).replace("\"Unknown\"", "\"Sublime\"");
        assertThat(HandoverJson.read(verdict, ArmVerdict.class)).isEqualTo(new Reading.Found<>(Documents.ARMED));
        String outcome = HandoverJson.write(Documents.VERIFIED).replace("\"Verified\"", "\"Sublime\"");
        assertThat(HandoverJson.read(outcome, Verification.class)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    @DisplayName("Control characters and changes of writing direction do not reach a status")
    void printable() {
        GoOrder order = new GoOrder(
                1, "up\u0000\u001b[2J\nx\u202ey", Documents.JOB, null, GoOrder.Offsets.StartingOffsets, null, null);
        assertThat(HandoverJson.read(HandoverJson.write(order), GoOrder.class))
                .isInstanceOfSatisfying(
                        Reading.Found.class, found -> assertThat(((GoOrder) found.document()).upgradeId())
                                .isEqualTo("up  [2J x y"));
    }

    @Test
    @DisplayName("A report about 720 partitions and a long graph is cut to 4 kB, the worst first")
    void shortensReports() {
        List<Reason> reasons = IntStream.range(0, 50)
                .mapToObj(i -> Reason.of("Code" + i, "é".repeat(700)))
                .toList();
        List<GoResult.Deviation> deviations = IntStream.range(0, 720)
                .mapToObj(i -> new GoResult.Deviation("clicks", i, Long.MAX_VALUE, Long.MAX_VALUE - 1))
                .toList();
        GoResult result = new GoResult(
                1,
                Documents.UPGRADE,
                Documents.JOB,
                GoResult.Outcome.Refused,
                reasons,
                new GoResult.Offsets(720, 720, 720, "0".repeat(64), deviations),
                3,
                "s3://bucket/" + "p".repeat(300),
                "source-1",
                1,
                null,
                Documents.AT);
        String json = HandoverJson.write(result);
        assertThat(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
        assertThat(json).contains("\"shortened\":true");
        GoResult read = (GoResult) ((Reading.Found<?>) HandoverJson.read(json, GoResult.class)).document();
        assertThat(read.reasons()).isNotEmpty().first().extracting(Reason::code).isEqualTo("Code0");
        assertThat(read.reasons().get(0).message()).hasSize(600).endsWith("…");
        assertThat(read.offsets().repaired()).isEqualTo(720);
        assertThat(read.offsets().deviations()).isNotEmpty().hasSizeLessThan(720);
        assertThat(read.savepoint()).isEqualTo(result.savepoint());
    }

    @Test
    @DisplayName("An order is never shortened: it is refused before it is written")
    void refusesToCutOrders() {
        GoOrder order = new GoOrder(
                1,
                Documents.UPGRADE,
                Documents.JOB,
                null,
                GoOrder.Offsets.StartingOffsets,
                Collections.nCopies(300, "step-some-operator"),
                null);
        assertThatThrownBy(() -> HandoverJson.write(order))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("GoOrder has \\d+ bytes of JSON, at most 4096 can be handed over");
    }
}
