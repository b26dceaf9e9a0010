/**
 * The machine room of a rehearsal: API server, broker, operator, doubles and Flink processes, what they are told, and
 * how their state is read.
 */
package io.kafkaflink.rehearsal.stage;
