/** What the Kafka connector of Flink 2.x does in its own way. */
package io.kafkaflink.job.line;
