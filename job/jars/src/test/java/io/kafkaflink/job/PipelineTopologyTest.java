package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfigurationYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-pair")
class PipelineTopologyTest {
    private static final Path GOLDEN = Path.of("../src/test/resources/golden/clickstream-operators.txt");

    private static StreamExecutionEnvironment environment() throws Exception {
        JobConfiguration configuration =
                JobConfigurationYaml.read(TestPair.clickstream().getBytes(StandardCharsets.UTF_8));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(4, new Configuration());
        PipelineTopology.build(environment, configuration, ConnectorLine.onClassPath());
        return environment;
    }

    @Test
    @DisplayName("uids and operator ids stay what savepoints know them by")
    void operatorsAreStable() throws Exception {
        String table = JobPlan.of(environment().getStreamGraph()).table() + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, table);
        }
        assertThat(table).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    @DisplayName("Flink accepts the graph, hashes every operator by its own uid, and would refuse one without")
    void everyOperatorHasAUid() throws Exception {
        StreamGraph graph = environment().getStreamGraph();
        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .doesNotContainNull();
        assertThat(graph.getJobGraph().getNumberOfVertices()).isPositive();

        StreamExecutionEnvironment environment = environment();
        DataStream<Long> stray = environment.fromSequence(1, 2);
        stray.print();
        assertThatThrownBy(() -> environment.getStreamGraph().getJobGraph())
                .hasStackTraceContaining("Auto generated UIDs have been disabled");
    }

    @Test
    @DisplayName("No serializer is Kryo's, and a type that would need it is refused")
    void nothingIsSerializedByKryo() throws Exception {
        StreamExecutionEnvironment environment = environment();
        List<String> snapshots = new ArrayList<>();
        for (StreamNode node : environment.getStreamGraph(false).getStreamNodes()) {
            Stream.of(
                            Arrays.stream(node.getTypeSerializersIn()),
                            Stream.of(node.getTypeSerializerOut(), node.getStateKeySerializer()))
                    .flatMap(each -> each)
                    .filter(Objects::nonNull)
                    .map(PipelineTopologyTest::snapshot)
                    .forEach(snapshots::add);
        }
        assertThat(snapshots)
                .hasSizeGreaterThan(20)
                .anyMatch(snapshot -> snapshot.contains("RowSerializerSnapshot"))
                .anyMatch(snapshot -> snapshot.contains("StringSerializerSnapshot"))
                .noneMatch(snapshot -> snapshot.contains("Kryo"));
        TypeInformation<Object> generic = new GenericTypeInfo<>(Object.class);
        assertThatThrownBy(
                        () -> generic.createSerializer(environment.getConfig().getSerializerConfig()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }

    /** What a savepoint would say about the serializer: the class names of all nested ones, among other bytes. */
    private static String snapshot(TypeSerializer<?> serializer) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(256);
            TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
            return new String(out.getCopyOfBuffer(), StandardCharsets.ISO_8859_1);
        } catch (UnsupportedOperationException e) {
            // Between a sink's writer and committer Flink wraps the connector's own serializer, which has no snapshot.
            return serializer.getClass().getName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
