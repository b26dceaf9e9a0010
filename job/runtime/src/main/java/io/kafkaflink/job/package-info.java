/**
 * The Flink job of a pipeline: it reads a job configuration file, checks it, builds the stream graph and executes it.
 * Written against the API that Flink 1.20 and 2.x share; what differs stands behind {@link io.kafkaflink.job.ConnectorLine}.
 */
package io.kafkaflink.job;
