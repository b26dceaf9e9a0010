/** The transforms of a pipeline as Flink operators, each with an explicit uid and state without Kryo. */
package io.kafkaflink.job.step;
