/**
 * Double of the Strimzi Topic Operator 1.2.0, as recorded (sequences 20 to 28). {@link
 * io.kafkaflink.doubles.topic.TopicRules} decides from values to values, {@link
 * io.kafkaflink.doubles.topic.TopicOperator} is the shell around it: informer, one worker thread, Kafka and status writes.
 */
package io.kafkaflink.doubles.topic;
