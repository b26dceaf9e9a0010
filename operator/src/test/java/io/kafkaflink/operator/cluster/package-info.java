/** The operator on the real API server, under exactly the shipped rights, beside doubles of Strimzi's and Flink's operators. */
package io.kafkaflink.operator.cluster;
