/** Records inside Flink: positional rows whose fields and types come from the schema, and the keys taken from them. */
package io.kafkaflink.job.record;
