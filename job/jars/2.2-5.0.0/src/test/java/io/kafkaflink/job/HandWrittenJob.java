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
import org.apache.flink.api.common.functions.AggregateFunction;
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
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a good engineer writes without us: POJOs, Jackson's ObjectMapper, Flink's own pieces. Only for the benchmark. */
final class HandWrittenJob {
    private HandWrittenJob() {}

    /** What the sink writes as JSON. */
    public abstract static class Result {
        /** Of the Kafka record. */
        abstract String key();
    }

    /** An event; the names are those of the JSON members. */
    public static class Click extends Result {
        public String userId;
        public String page;
        public Long timestamp;
        public Long status;
        public Long bytes;
        public Boolean bot;

        @Override
        String key() {
            return userId;
        }
    }

    /** Views of a page in a window. */
    public static final class PageViews extends Result {
        public String page;
        public long windowStart;
        public long windowEnd;
        public long views;

        @Override
        String key() {
            return page;
        }
    }

    /** An event with its number among those of its user. */
    public static final class CountedClick extends Click {
        public Long visit;
    }

    static void build(
            StreamExecutionEnvironment environment, String bootstrap, String in, String out, Workload workload) {
        environment.getConfig().enableObjectReuse();
        DataStream<Click> clicks = environment
                .fromSource(source(bootstrap, in), watermarks(workload), "source")
                .uid("source");
        switch (workload) {
            case SOURCE_ONLY -> clicks.sinkTo(new DiscardingSink<>()).uid("sink");
            case PASS_THROUGH, DEAD_LETTERS -> sinkTo(clicks, bootstrap, out);
            case KEYED_COUNT -> sinkTo(counted(clicks), bootstrap, out);
            case FILTER_AND_COUNT ->
                sinkTo(
                        counted(clicks.filter(click -> click.status == 200 && !click.bot)
                                .uid("filter")),
                        bootstrap,
                        out);
            case WINDOW ->
                sinkTo(
                        clicks.keyBy(click -> click.page)
                                .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                                .aggregate(new Views(), new Bounds())
                                .uid("views"),
                        bootstrap,
                        out);
        }
    }

    private static WatermarkStrategy<Click> watermarks(Workload workload) {
        WatermarkStrategy<Click> strategy = WatermarkStrategy.<Click>forBoundedOutOfOrderness(Duration.ofSeconds(5))
                .withIdleness(Duration.ofSeconds(30));
        return workload == Workload.WINDOW
                ? strategy.withTimestampAssigner((click, recorded) -> click.timestamp)
                : strategy;
    }

    private static DataStream<CountedClick> counted(DataStream<Click> clicks) {
        return clicks.keyBy(click -> click.userId).process(new Count()).uid("count");
    }

    private static <T extends Result> void sinkTo(DataStream<T> results, String bootstrap, String out) {
        Properties properties = new Properties();
        properties.setProperty("transaction.timeout.ms", "900000");
        results.sinkTo(KafkaSink.<T>builder()
                        .setBootstrapServers(bootstrap)
                        .setKafkaProducerConfig(properties)
                        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                        .setTransactionalIdPrefix(out + ".")
                        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                        .setRecordSerializer(new ResultWriter<T>(out))
                        .build())
                .uid("sink");
    }

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

    private static final class Views implements AggregateFunction<Click, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Click click, Long before) {
            return before + 1;
        }

        @Override
        public Long getResult(Long count) {
            return count;
        }

        @Override
        public Long merge(Long one, Long other) {
            return one + other;
        }
    }

    private static final class Bounds extends ProcessWindowFunction<Long, PageViews, String, TimeWindow> {
        @Override
        public void process(String page, Context context, Iterable<Long> counts, Collector<PageViews> out) {
            PageViews views = new PageViews();
            views.page = page;
            views.windowStart = context.window().getStart();
            views.windowEnd = context.window().getEnd();
            views.views = counts.iterator().next();
            out.collect(views);
        }
    }

    private static final class ResultWriter<T extends Result>
            implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {
        private final String topic;
        private transient ObjectMapper mapper;

        ResultWriter(String topic) {
            this.topic = topic;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(T result, KafkaSinkContext context, Long timestamp) {
            try {
                if (mapper == null) {
                    mapper = new ObjectMapper();
                }
                byte[] key = result.key().getBytes(StandardCharsets.UTF_8);
                return new ProducerRecord<>(topic, null, timestamp, key, mapper.writeValueAsBytes(result));
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
