/** Kafka source and sink: client properties, start offsets, event time, delivery guarantees. */
package io.kafkaflink.job.kafka;
