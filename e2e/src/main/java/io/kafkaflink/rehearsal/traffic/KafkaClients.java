package io.kafkaflink.rehearsal.traffic;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Clients of the rehearsal's own, set up so that they see new partitions within a second and lose nothing. */
final class KafkaClients {
    private static final String METADATA_MILLIS = "1000";
    /** As long as a producer keeps a record: both outlast a broker that is away and comes back. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private KafkaClients() {}

    /**
     * One request at a time: a partition that has just been made may refuse a first batch and take the second, and then
     * refuses the first for ever, since its sequence number is out of order (seen with Kafka 4.3.1 when a topic grows).
     */
    static KafkaProducer<String, String> producer(String bootstrapServers) {
        return new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                "true",
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                "1",
                ProducerConfig.METADATA_MAX_AGE_CONFIG,
                METADATA_MILLIS,
                ProducerConfig.LINGER_MS_CONFIG,
                "5",
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class.getName(),
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class.getName()));
    }

    static KafkaConsumer<String, String> committedReader(String bootstrapServers) {
        return new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false",
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                METADATA_MILLIS,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Integer.toString((int) PATIENCE.toMillis()),
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class.getName(),
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class.getName()));
    }
}
