package io.kafkaflink.rehearsal.traffic;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.LoggerFactory;

/** A transaction that stays open until this is closed, as a writer that died leaves it; nobody gets to see its record. */
public final class OpenTransaction implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 300_000;

    private final KafkaProducer<String, String> producer;

    /** Begins it with one record for a topic. */
    public OpenTransaction(String bootstrapServers, String transactionalId, String topic) {
        producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                transactionalId,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                TIMEOUT_MILLIS,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class.getName(),
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class.getName()));
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, "nobody", "sees this"));
        producer.flush();
    }

    /** Aborts it, unless somebody else has done so. */
    @Override
    public void close() {
        try {
            producer.abortTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException aborted) {
            LoggerFactory.getLogger(OpenTransaction.class).info("aborted by somebody else", aborted);
        } finally {
            producer.close();
        }
    }
}
