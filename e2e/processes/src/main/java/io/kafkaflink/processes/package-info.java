/**
 * Child processes on one machine: a Kafka broker and Flink clusters, each with its own log, ports and memory limits.
 * A {@link io.kafkaflink.processes.ProcessLedger} starts them and sees to it that none outlives its owner.
 */
package io.kafkaflink.processes;
