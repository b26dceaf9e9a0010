package io.kafkaflink.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.job.format.TextReader;
import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PartitionReaderTest {
    private static final RecordSchema TEXT = new RecordSchema(List.of(new Field("value", FieldType.String)));

    private final PartitionReader reader =
            new PartitionReader(RecordReader.of(new TextReader(), RowTypes.of(TEXT)), TEXT);
    private final List<Row> rows = new ArrayList<>();

    @Test
    @DisplayName("rows begin with the partition they were read from, and so does their type")
    void partition() throws Exception {
        read(7, "a".getBytes(UTF_8));
        read(0, "b".getBytes(UTF_8));

        assertThat(rows).containsExactly(Row.of(7L, "a"), Row.of(0L, "b"));
        assertThat(reader.getProducedType()).isEqualTo(RowTypes.of(TEXT.withSourcePartition()));
    }

    @Test
    @DisplayName("a record that cannot be read is still one, for whoever skips or keeps it")
    void poison() {
        assertThatThrownBy(() -> read(7, new byte[] {(byte) 0xff}))
                .isInstanceOf(PoisonRecord.class)
                .hasMessageContaining("topic t, partition 7, offset 5");
        assertThat(rows).isEmpty();
    }

    private void read(int partition, byte[] value) throws Exception {
        reader.deserialize(new ConsumerRecord<>("t", partition, 5, null, value), new ListCollector<>(rows));
    }
}
