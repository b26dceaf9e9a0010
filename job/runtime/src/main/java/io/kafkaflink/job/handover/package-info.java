/**
 * How a job takes over from another one without losing or repeating a record: it checks itself while the old job runs,
 * waits, reads the offsets out of the final savepoint, starts there and checks its first checkpoint. What is found out
 * (facts) and what follows from it (checks) are apart; only the former talks to Kafka, files and Kubernetes.
 */
package io.kafkaflink.job.handover;
