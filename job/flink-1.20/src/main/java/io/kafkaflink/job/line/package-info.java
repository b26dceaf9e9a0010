/** What the Kafka connector of Flink 1.20 does in its own way. */
package io.kafkaflink.job.line;
