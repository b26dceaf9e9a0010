package io.kafkaflink.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a good engineer writes without us: POJOs, Jackson's ObjectMapper, Flink's own pieces. Only for the benchmark. */
final class HandWrittenJob {
    private HandWrittenJob() {}

    /** An event; the names are those of the JSON members. */
    public static class Click {
        public String userId;
        public String page;
        public Long timestamp;
        public Long status;
        public Long bytes;
        public Boolean bot;
    }

    /** An event with its number among those of its user. */
    public static final class CountedClick extends Click {
        public Long visit;
    }

    static void build(StreamExecutionEnvironment environment, String bootstrap, String in, String out, Steps steps) {
        environment.getConfig().enableObjectReuse();
        DataStream<Click> clicks = environment
                .fromSource(
                        source(bootstrap, in),
                        WatermarkStrategy.<Click>forBoundedOutOfOrderness(Duration.ofSeconds(5))
                                .withIdleness(Duration.ofSeconds(30)),
                        "source")
                .uid("source");
        if (steps.filter()) {
            clicks = clicks.filter(click -> click.status == 200 && !click.bot).uid("filter");
        }
        DataStream<? extends Click> results = steps.count()
                ? clicks.keyBy(click -> click.userId).process(new Count()).uid("count")
                : clicks;
        sinkTo(results, bootstrap, out);
    }

    private static <T extends Click> void sinkTo(DataStream<T> results, String bootstrap, String out) {
        Properties properties = new Properties();
        properties.setProperty("transaction.timeout.ms", "900000");
        results.sinkTo(KafkaSink.<T>builder()
                        .setBootstrapServers(bootstrap)
                        .setKafkaProducerConfig(properties)
                        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                        .setTransactionalIdPrefix(out + ".")
                        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                        .setRecordSerializer(new ClickWriter<T>(out))
                        .build())
                .uid("sink");
    }

    /** Which steps stand between source and sink. */
    record Steps(boolean filter, boolean count) {}

    private static KafkaSource<Click> source(String bootstrap, String topic) {
        return KafkaSource.<Click>builder()
                .setBootstrapServers(bootstrap)
                .setTopics(topic)
                .setGroupId("hand-written")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty("isolation.level", "read_committed")
                .setDeserializer(KafkaRecordDeserializationSchema.valueOnly(new ClickReader()))
                .build();
    }

    private static final class ClickReader implements DeserializationSchema<Click> {
        private transient ObjectMapper mapper;

        @Override
        public void open(InitializationContext context) {
            mapper = new ObjectMapper();
        }

        @Override
        public Click deserialize(byte[] message) throws IOException {
            return mapper.readValue(message, Click.class);
        }

        @Override
        public boolean isEndOfStream(Click click) {
            return false;
        }

        @Override
        public TypeInformation<Click> getProducedType() {
            return Types.POJO(Click.class);
        }
    }

    private static final class Count extends KeyedProcessFunction<String, Click, CountedClick> {
        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        }

        @Override
        public void processElement(Click click, Context context, Collector<CountedClick> out) throws IOException {
            Long before = count.value();
            CountedClick counted = new CountedClick();
            counted.userId = click.userId;
            counted.page = click.page;
            counted.timestamp = click.timestamp;
            counted.status = click.status;
            counted.bytes = click.bytes;
            counted.bot = click.bot;
            counted.visit = before == null ? 1 : before + 1;
            count.update(counted.visit);
            out.collect(counted);
        }
    }

    private static final class ClickWriter<T extends Click>
            implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {
        private final String topic;
        private transient ObjectMapper mapper;

        ClickWriter(String topic) {
            this.topic = topic;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(T click, KafkaSinkContext context, Long timestamp) {
            try {
                if (mapper == null) {
                    mapper = new ObjectMapper();
                }
                byte[] key = click.userId.getBytes(StandardCharsets.UTF_8);
                return new ProducerRecord<>(topic, null, timestamp, key, mapper.writeValueAsBytes(click));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
            return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
        }
    }
}
