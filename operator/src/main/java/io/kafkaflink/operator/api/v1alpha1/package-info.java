/**
 * The custom resource KafkaFlinkPipeline as immutable records: schema, defaults and validation rules stand as annotations
 * on the fields, and the CRD is generated from them. Leaf records shared with the Flink job are in io.kafkaflink.model.
 */
package io.kafkaflink.operator.api.v1alpha1;
