/**
 * What operator and job say to each other while one job takes over from another: JSON documents in the ConfigMap
 * {@code <deployment>-handover}, one under each key of {@link io.kafkaflink.model.handover.HandoverKeys}. Either side may
 * be older or newer than the other.
 */
package io.kafkaflink.model.handover;
