/**
 * What should be: from a pipeline's spec to its topics, its revision and its FlinkDeployment. Everything here is a pure
 * function of its arguments; what a running pipeline needs is read from its stored revision, never rendered again.
 */
package io.kafkaflink.operator.desired;
