package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputHashTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String PIPELINE = """
            kafka:
              clusterRef: {name: prod, namespace: kafka, listener: plain}
            source:
              kafka:
                topics:
                - {name: clicks, partitions: 4}
                - {name: orders, partitions: 2}
                format: {json: {fields: [{name: page, type: String}, {name: at, type: Long}]}}
            transforms:
            - {id: label, prefix: {value: "x", field: page}}
            - {id: spread, rebalance: {}}
            sinks:
            - name: main
              kafka: {topic: {name: out, partitions: 4}, format: {json: {}}}
            - name: log
              print: {}
            flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
            state: {dir: "s3://bucket/flink"}
            upgrade: {}
            """;

    /** A sink as no pipeline had one when the hash of the one above was pinned. */
    private static final String ROUTED = """
            name: kinds
            kafka: {topicField: page, topics: [{name: a, partitions: 4}, {name: b, partitions: 4}], format: {json: {}}}
            """;

    /** Another one, which came later. */
    private static final String TABLE = """
            name: table
            jdbc: {url: "jdbc:postgresql://db/shop", table: pages, keyFields: [page]}
            """;

    /** Every field of the spec, changed: does the job restart? */
    static final String CHANGES = """
            /suspend                                        | true                          | no
            /deletionPolicy                                 | Orphan                        | no
            /kafka/clusterRef/name                          | other                         | yes
            /kafka/clusterRef/namespace                     | other                         | yes
            /kafka/clusterRef/listener                      | tls                           | yes
            /kafka/bootstrapServers                         | "kafka:9092"                  | yes
            /kafka/topicOperator                            | {cluster: c, namespace: n}    | no
            /kafka/properties                               | {linger.ms: "5"}              | yes
            /kafka/tls                                      | {}                            | yes
            /kafka/authentication                           | {type: tls, secretName: u}    | yes
            /source/kafka/topics/0/name                     | other                         | yes
            /source/kafka/topics/0/management               | Existing                      | no
            /source/kafka/topics/0/partitions               | 8                             | no
            /source/kafka/topics/0/replicas                 | 3                             | no
            /source/kafka/topics/0/config                   | {retention.ms: 1}             | no
            /source/kafka/topics/0/deletionPolicy           | Delete                        | no
            /source/kafka/topicPattern                      | clicks-.*                     | yes
            /source/kafka/partitions                        | [{topic: a, partition: 0}]    | yes
            /source/kafka/groupId                           | readers                       | yes
            /source/kafka/startingOffsets                   | {mode: Latest}                | yes
            /source/kafka/stoppingOffsets                   | {mode: Latest}                | yes
            /source/kafka/format/json/fields/1/type         | String                        | yes
            /source/kafka/format/deserializer               | {deserializerClass: a.B}      | yes
            /source/kafka/format/jsonKeyValue               | {fields: [{name: a, type: Long}]} | yes
            /source/kafka/format/typeInformation            | {type: Long}                  | yes
            /source/kafka/isolationLevel                    | ReadUncommitted               | yes
            /source/kafka/partitionDiscoveryInterval        | 1m                            | yes
            /source/kafka/onError                           | {action: Skip}                | yes
            /source/kafka/clientIdPrefix                    | reader                        | yes
            /source/kafka/rackFromEnv                       | RACK                          | yes
            /source/kafka/registerConsumerMetrics           | false                         | yes
            /source/datagen                                 | {recordsPerSecond: 1}         | yes
            /eventTime                                      | {maxOutOfOrderness: 6s}       | yes
            /transforms/0/id                                | other                         | yes
            /transforms/0/prefix/value                      | y                             | yes
            /transforms/0/prefix/field                      | other                         | yes
            /sinks/0/name                                   | other                         | yes
            /sinks/0/kafka/topic/name                       | other                         | yes
            /sinks/0/kafka/topic/management                 | Existing                      | no
            /sinks/0/kafka/topic/partitions                 | 8                             | no
            /sinks/0/kafka/topic/replicas                   | 3                             | no
            /sinks/0/kafka/topic/config                     | {retention.ms: 1}             | no
            /sinks/0/kafka/topic/deletionPolicy             | Delete                        | no
            /sinks/0/kafka/format                           | {string: {}}                  | yes
            /sinks/0/kafka/format/serializer                | {serializerClass: a.B}        | yes
            /sinks/0/kafka/format                           | {avro: {}}                    | yes
            /sinks/0/kafka/keyField                         | page                          | yes
            /sinks/0/kafka/headers                          | [{name: site, value: www}]    | yes
            /sinks/0/kafka/delivery                         | {guarantee: None}             | yes
            /sinks/0/kafka/timestamp                        | None                          | yes
            /sinks/0/kafka/timestampField                   | at                            | yes
            /sinks/0/kafka/partitioner                      | Fixed                         | yes
            /sinks/0/kafka/partitionerClass                 | com.example.ByRegion          | yes
            /sinks/0/kafka/tombstoneWhen                    | at > 0                        | yes
            /sinks/2/kafka/topicField                       | other                         | yes
            /sinks/2/kafka/topic                            | {name: rest, partitions: 4}   | yes
            /sinks/2/kafka/topics/0/name                    | other                         | yes
            /sinks/2/kafka/topics/0/management              | Existing                      | no
            /sinks/2/kafka/topics/0/partitions              | 8                             | no
            /sinks/2/kafka/topics/0/replicas                | 3                             | no
            /sinks/2/kafka/topics/0/config                  | {retention.ms: 1}             | no
            /sinks/2/kafka/topics/0/deletionPolicy          | Delete                        | no
            /sinks/3/jdbc/url                               | "jdbc:postgresql://db2/shop"  | yes
            /sinks/3/jdbc/table                             | other                         | yes
            /sinks/3/jdbc/keyFields                         | [at]                          | yes
            /sinks/3/jdbc/columns                           | {at: time}                    | yes
            /sinks/3/jdbc/secretName                        | writer                        | yes
            /sinks/3/jdbc/batchSize                         | 5                             | yes
            /sinks/3/jdbc/batchInterval                     | 2s                            | yes
            /sinks/3/jdbc/maxRetries                        | 4                             | yes
            /sinks/1/print                                  | null                          | yes
            /sinks/1/discard                                | {}                            | yes
            /flink/flinkVersion                             | v2_3                          | yes
            /flink/connectorVersion                         | 5.0.1                         | yes
            /flink/parallelism                              | 3                             | yes
            /flink/image                                    | "job:1"                       | yes
            /flink/imagePullPolicy                          | Always                        | yes
            /flink/serviceAccount                           | other                         | yes
            /flink/restartNonce                             | 1                             | yes
            /flink/podTemplate                              | {spec: {nodeName: n}}         | yes
            /flink/logConfiguration                         | {logback-console.xml: "x"}    | yes
            /flink/jobManager                               | {resource: {cpu: 2}}          | yes
            /flink/taskManager                              | {resource: {memory: 4g}}      | yes
            /flink/flinkConfiguration                       | {a: "b"}                      | yes
            /state/dir                                      | "s3://other/flink"            | yes
            /state/backend                                  | RocksDB                       | yes
            /state/checkpoints                              | {retained: 5}                 | yes
            /state/checkpointInterval                       | 11s                           | yes
            /state/checkpointTimeout                        | 4m                            | yes
            /state/maxParallelism                           | 128                           | yes
            /state/restoreFrom                              | {savepointPath: "s3://a/b"}   | no
            /upgrade/strategy                               | Lean                          | no
            /upgrade/uidPolicy                              | NewUids                       | no
            /upgrade/uidChangeNonce                         | 1                             | yes
            /upgrade/versionPolicy                          | CombinedWithHandover          | no
            /upgrade/growth                                 | GrowInPlace                   | no
            /upgrade/producerSettle                         | 9m                            | no
            /upgrade/approval                               | Manual                        | no
            /upgrade/approvedPlan                           | "20261124-115930"             | no
            /upgrade/retryNonce                             | 1                             | no
            /upgrade/rollback                               | {mode: Manual, deadline: 9m}  | no
            /upgrade/stepTimeouts                           | {arm: 9m, approval: 1h}       | no
            /upgrade/acknowledge                            | [{risk: FreshStart, value: x}] | no
            """;

    @ParameterizedTest
    @CsvSource(textBlock = CHANGES, delimiter = '|', quoteCharacter = '`')
    void changes(String path, String value, String restarts) {
        JsonNode changed = with(routed(), path, read(value));
        assertThat(hash(changed).equals(hash(routed())))
                .as("%s: %s leaves the hash as it is", path, value)
                .isEqualTo(restarts.equals("no"));
    }

    @Test
    @DisplayName("the table above knows every field, so that a new one has to be classified")
    void complete() {
        Set<String> listed = new TreeSet<>();
        CHANGES.lines().forEach(line -> listed.add(line.split("\\|")[0].strip().replaceAll("/[0-9]+", "")));
        Set<String> unlisted = new TreeSet<>();
        fields("", PipelineSpec.class).stream()
                .filter(field -> listed.stream()
                        .noneMatch(path ->
                                path.equals(field) || path.startsWith(field + "/") || field.startsWith(path + "/")))
                .forEach(unlisted::add);
        assertThat(unlisted).isEmpty();
    }

    @Test
    @DisplayName("proven partitions count, and with them parallelism")
    void parallelism() {
        PipelineSpec spec = spec(read(PIPELINE));
        assertThat(InputHash.of(spec, Partitions.all(4))).isNotEqualTo(InputHash.of(spec, Partitions.all(8)));
        assertThat(InputHash.of(spec, Partitions.all(4)))
                .isNotEqualTo(InputHash.of(spec, new Partitions(4, Map.of("clicks", 4))));
    }

    @Test
    @DisplayName("defaults that are written out, and the order of topics and sinks, change nothing")
    void sameMeaning() {
        JsonNode spelled = routed();
        with(spelled, "/suspend", read("false"));
        with(spelled, "/eventTime", read("{timestamp: Record, maxOutOfOrderness: 5s, idleTimeout: 30s}"));
        with(spelled, "/source/kafka/isolationLevel", read("ReadCommitted"));
        with(spelled, "/source/kafka/startingOffsets", read("{mode: Committed, resetStrategy: Earliest}"));
        with(spelled, "/source/kafka/stoppingOffsets", read("{mode: Never}"));
        with(spelled, "/source/kafka/onError", read("{action: Fail}"));
        with(spelled, "/flink/jobManager", read("{resource: {cpu: 1, memory: 2g}}"));
        with(spelled, "/flink/flinkConfiguration", read("{}"));
        with(spelled, "/state/maxParallelism", read("720"));
        with(spelled, "/kafka/properties", read("{}"));
        with(spelled, "/sinks/0/kafka/timestamp", read("EventTime"));
        with(spelled, "/sinks/0/kafka/partitioner", read("Default"));
        with(spelled, "/sinks/0/kafka/headers", read("[]"));
        with(spelled, "/sinks/3/jdbc/columns", read("{}"));
        with(spelled, "/sinks/3/jdbc/batchSize", read("500"));
        with(spelled, "/sinks/3/jdbc/batchInterval", read("1s"));
        with(spelled, "/sinks/3/jdbc/maxRetries", read("3"));
        reverse((ArrayNode) spelled.at("/source/kafka/topics"));
        reverse((ArrayNode) spelled.at("/sinks/2/kafka/topics"));
        reverse((ArrayNode) spelled.at("/sinks"));

        assertThat(hash(spelled)).isEqualTo(hash(routed()));
    }

    @Test
    @DisplayName("the order of steps means something")
    void orderOfSteps() {
        JsonNode reversed = read(PIPELINE);
        reverse((ArrayNode) reversed.at("/transforms"));
        assertThat(hash(reversed)).isNotEqualTo(hash(read(PIPELINE)));
    }

    @Test
    @DisplayName("the hash of a known spec never changes: another one would restart every job")
    void pinned() {
        assertThat(hash(read(PIPELINE))).isEqualTo("7e62c8048a538e23c55c96479156cac9a67988f2dab64b90d3b14297232656af");
    }

    private static JsonNode routed() {
        JsonNode pipeline = read(PIPELINE);
        ((ArrayNode) pipeline.at("/sinks")).add(read(ROUTED)).add(read(TABLE));
        return pipeline;
    }

    /** Paths of the fields of the API's records; records of the job's model count as one field. */
    private static Set<String> fields(String path, Class<?> type) {
        Set<String> fields = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String field = path + "/" + component.getName();
            Class<?> element = element(component.getGenericType());
            if (element.getPackage() == PipelineSpec.class.getPackage() && element.isRecord()) {
                fields.addAll(fields(field, element));
            } else {
                fields.add(field);
            }
        }
        return fields;
    }

    private static Class<?> element(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return parameterized.getRawType() == List.class
                    ? element(parameterized.getActualTypeArguments()[0])
                    : (Class<?>) parameterized.getRawType();
        }
        return (Class<?>) type;
    }

    private static String hash(JsonNode spec) {
        return InputHash.of(spec(spec), Partitions.all(4));
    }

    private static PipelineSpec spec(JsonNode spec) {
        return YAML.convertValue(spec, PipelineSpec.class);
    }

    private static JsonNode read(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode with(JsonNode spec, String path, JsonNode value) {
        int slash = path.lastIndexOf('/');
        ((ObjectNode) spec.at(path.substring(0, slash))).set(path.substring(slash + 1), value);
        return spec;
    }

    private static void reverse(ArrayNode array) {
        for (int i = array.size() - 1; i >= 0; i--) {
            array.add(array.remove(i));
        }
    }
}
