package io.kafkaflink.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobConfigurationYamlTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/clickstream.yaml");

    @Test
    void writesTheCanonicalFile() throws IOException {
        byte[] yaml = JobConfigurationYaml.write(Clickstream.CONFIGURATION);
        if (Boolean.getBoolean("golden.update")) {
            Files.write(GOLDEN, yaml);
        }
        assertThat(new String(yaml, StandardCharsets.UTF_8)).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void readsBackWhatItWrites() throws InvalidJobConfiguration {
        assertThat(JobConfigurationYaml.read(JobConfigurationYaml.write(Clickstream.CONFIGURATION)))
                .isEqualTo(Clickstream.CONFIGURATION);
    }

    @Test
    void hashesAsSha256sumDoes() {
        assertThat(JobConfigurationYaml.sha256("abc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    /** Each row changes one line of the canonical file; {@code \n} stands for a line end. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            flinkVersion: "v2_2" | flinkVersion: "v2_2"\\ncolour: "red" | colour: unknown field; expected one of connectorVersion, eventTime, flinkVersion, formatVersion, kafka, name, namespace, sinks, source, transforms, uids
            groupId: "shop.clickstream" | group: "g" | source.kafka.group: unknown field; expected one of client, format, groupId, isolationLevel, onError, partitionDiscoveryInterval, partitionSet, partitions, startingOffsets, stoppingOffsets, topicPattern, topics
            name: "clickstream" | name: "clickstream"\\nname: "again" | job configuration: cannot be read as YAML at line 14, column 5: Duplicate field 'name'
            name: "clickstream" | name: 42 | name: found '42' at line 13, column 7; expected a text
            name: "clickstream" | name: ["a"] | name: found another type of value at line 13, column 7; expected a text
            formatVersion: 1 | formatVersion: "1" | formatVersion: found another type of value at line 8, column 16; expected a whole number of 32 bits
            formatVersion: 1 | formatVersion: 1.5 | formatVersion: found '1.5' at line 8, column 16; expected a whole number of 32 bits
            formatVersion: 1 | formatVersion: 99999999999 | formatVersion: Numeric value (99999999999) out of range of int
            mode: "Committed" | mode: "Sometimes" | source.kafka.startingOffsets.mode: found 'Sometimes' at line 62, column 13; expected one of Earliest, Latest, Committed
            mode: "Committed" | mode: 0 | source.kafka.startingOffsets.mode: found '0' at line 62, column 13; expected one of Earliest, Latest, Committed
            name: "clickstream" | name: *flink | job configuration: found the alias *flink at line 13; expected values without aliases
            - "clicks" | - null | source.kafka: found null or a value out of range
            flinkVersion: "v2_2" | flinkVersion: "v2_2\\n | job configuration: cannot be read as YAML
            source: "source-1" | source: "source-1"\\n---\\n{} | job configuration: found a second document; expected one
            """)
    void refusesWithOneLine(String line, String replacement, String message) throws IOException {
        String canonical = Files.readString(GOLDEN);
        assertThat(canonical).contains(line);
        String changed = canonical.replace(line, replacement.replace("\\n", "\n"));
        assertThatThrownBy(() -> JobConfigurationYaml.read(changed.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidJobConfiguration.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``      | job configuration: found another type of value
            null    | job configuration: found nothing; expected a YAML mapping
            []      | job configuration: found another type of value
            text    | job configuration: found another type of value
            {       | job configuration: cannot be read as YAML
            """)
    void refusesWhatIsNoMapping(String yaml, String message) {
        assertThatThrownBy(() -> JobConfigurationYaml.read(yaml.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidJobConfiguration.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThatThrownBy(() -> JobConfigurationYaml.read(new byte[] {'a', ':', ' ', (byte) 0xff}))
                .isInstanceOf(InvalidJobConfiguration.class)
                .hasMessage("job configuration: found bytes that are not UTF-8; expected YAML in UTF-8");
    }
}
