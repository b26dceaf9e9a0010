package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.InvalidJobConfiguration;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfigurationYaml;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sinks, guarantees, topics and types of fields were tried on Flink 2.2.1 with connector 5.0.0, from a savepoint. */
class StateGuardTest {
    private static final String SPEC = """
            kafka: {bootstrapServers: "kafka:9092"}
            source:
              kafka:
                topics: [{name: in, management: External, partitions: 2}]
                stoppingOffsets: {mode: Never}
                onError: {action: Fail}
                format: {json: {fields: [{name: user, type: String}, {name: bytes, type: Long}, {name: at, type: Long}]}}
            transforms:
            - {id: some, filter: {expression: "user != ''"}}
            - {id: count, keyedCount: {keyBy: user, as: seen}}
            - {id: once, deduplicate: {keyBy: user, within: 10m}}
            - {id: own, custom: {functionClass: com.example.Own, keyBy: user}}
            - {id: picked, sql: {query: SELECT * FROM input, fields: [{name: user, type: String}, {name: bytes, type: Long}, {name: at, type: Long}]}}
            - {id: each, custom: {functionClass: com.example.Each}}
            - {id: named, project: {fields: [{name: user}, {name: bytes}, {name: place, literal: {value: "here"}}]}}
            - {id: sums, window: {keyBy: user, tumbling: {size: 1m}, metrics: [{name: sum, sum: {field: bytes}}]}}
            sinks:
            - {name: exactly, kafka: {topic: {name: out, management: External, partitions: 1}, format: {json: {}}}}
            - name: atleast
              kafka:
                topic: {name: more, management: External, partitions: 1}
                format: {json: {}}
                delivery: {guarantee: AtLeastOnce}
            - {name: log, print: {}}
            - {name: late, discard: {}}
            - {name: table, jdbc: {url: "jdbc:postgresql://db/shop", table: sums, keyFields: [user, windowStart]}}
            flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
            state: {dir: "s3://bucket/flink"}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a sink that prints goes          | - {name: log, print: {}}                     | `` |
            a step without state goes        | - {id: some, filter: {expression: "user != ''"}} | `` |
            a table goes                     | - {name: table, jdbc: {url: "jdbc:postgresql://db/shop", table: sums, keyFields: [user, windowStart]}} | `` |
            another table with other keys    | table: sums, keyFields: [user, windowStart]  | table: more, keyFields: [windowEnd, user] |
            another guarantee                | guarantee: AtLeastOnce                       | guarantee: ExactlyOnce |
            another topic                    | {name: out,                                  | {name: other, |
            a count under another name       | as: seen                                     | as: n |
            a field of another type, unused  | {name: at, type: Long}                       | {name: at, type: Double} |
            another span of repetitions      | within: 10m                                  | within: 1h |
            a projection changes             | {name: place, literal: {value: "here"}}      | {name: at} |
            a projection goes                | - {id: named, project: {fields: [{name: user}, {name: bytes}, {name: place, literal: {value: "here"}}]}} | `` |
            another key of repetitions       | {keyBy: user, within                         | {keyBy: bytes, within | spec.transforms[once]
            a deduplication goes             | - {id: once, deduplicate: {keyBy: user, within: 10m}} | `` | spec.transforms[once]
            another function, same keys      | com.example.Own                              | com.example.Other |
            other keys of a function         | Own, keyBy: user                             | Own, keyBy: bytes | spec.transforms[own]
            a function with keys goes        | - {id: own, custom: {functionClass: com.example.Own, keyBy: user}} | `` | spec.transforms[own]
            a function without keys goes     | - {id: each, custom: {functionClass: com.example.Each}} | `` |
            another query                    | SELECT * FROM input                          | SELECT * FROM input WHERE bytes > 0 |
            another size of windows          | tumbling: {size: 1m}                         | tumbling: {size: 2m} | spec.transforms[sums]
            sliding in place of tumbling     | tumbling: {size: 1m}                         | sliding: {size: 1m, slide: 1m} | spec.transforms[sums]
            sessions in place of windows     | tumbling: {size: 1m}                         | session: {gap: 1m} | spec.transforms[sums]
            late records wait                | tumbling: {size: 1m}                         | tumbling: {size: 1m}, allowedLateness: 1m | spec.transforms[sums]
            late records go to a sink        | metrics: [{name: sum, sum: {field: bytes}}]  | metrics: [{name: sum, sum: {field: bytes}}], late: {sink: late} |
            another metric                   | sum: {field: bytes}                          | avg: {field: bytes} | spec.transforms[sums]
            a summed field under its name is another | {name: bytes}, {name: place          | {name: bytes, literal: {type: Double, value: "1"}}, {name: place | spec.transforms[sums]
            a step becomes another kind      | {id: count, keyedCount: {keyBy: user, as: seen}} | {id: count, rebalance: {}} | spec.transforms[count]
            another key of a count           | {keyBy: user, as                             | {keyBy: bytes, as | spec.transforms[count]
            a field of another type, summed  | {name: bytes, type: Long}                    | {name: bytes, type: Double} | spec.transforms[sums]
            a key of another type            | {name: user, type: String}                   | {name: user, type: Boolean} | spec.transforms[count]
            an exactly-once sink renamed     | {name: exactly, kafka                        | {name: other, kafka | spec.sinks[exactly]
            an at-least-once sink renamed    | - name: atleast                              | - name: other | spec.sinks[atleast]
            bad records are skipped          | {action: Fail}                               | {action: Skip} |
            an end                           | {mode: Never}                                | {mode: Latest} | spec.source.kafka.stoppingOffsets: found StoppingOffsets
            another subscription             | [{name: in,                                  | [{name: clicks, |
            """)
    @DisplayName("a change is refused when the state of the deployed job would not fit")
    void changes(String change, String from, String to, String refused) {
        assertThat(SPEC).contains(from);
        String changed = SPEC.replace(from, to == null ? "" : to);

        Optional<Refusal> refusal = StateGuard.refusals(configuration(SPEC), configuration(changed)).stream()
                .findFirst();

        assertThat(refusal.map(Refusal::message).orElse("")).as(change).startsWith(refused == null ? "" : refused);
        assertThat(refusal.isPresent()).as(change).isEqualTo(refused != null);
    }

    @Test
    @DisplayName("the refusal spells the step that is deployed, to go back to")
    void spelled() {
        String changed = SPEC.replace("tumbling: {size: 1m}", "session: {gap: 1m}");

        assertThat(StateGuard.refusals(configuration(SPEC), configuration(changed)))
                .singleElement()
                .extracting(Refusal::message)
                .asString()
                .contains("; deployed {\"id\":\"sums\",\"window\":{\"keyBy\":\"user\",\"tumbling\":{\"size\":\"1m\"},"
                        + "\"metrics\":[{\"name\":\"sum\",\"sum\":{\"field\":\"bytes\"}}]}}. Go back");
    }

    private static JobConfiguration configuration(String spec) {
        Scene scene = new Scene();
        scene.spec = Scene.spec(spec);
        try {
            return JobConfigurationYaml.read(scene.store(2).jobConfiguration().getBytes(StandardCharsets.UTF_8));
        } catch (InvalidJobConfiguration e) {
            throw new AssertionError(e);
        }
    }
}
