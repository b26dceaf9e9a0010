/**
 * Container images of the operator and of the jobs, one a pair of Flink and Kafka connector. {@link
 * io.kafkaflink.images.ProductImages} says what is in them, {@link io.kafkaflink.images.ImageBuild} builds one with Jib,
 * which needs no container runtime.
 */
package io.kafkaflink.images;
