package io.kafkaflink.operator.reconcile;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.status.Note;

/** Takes the Kubernetes Events of pipelines. Never fails and never waits for the API. */
public interface EventSink {
    void record(KafkaFlinkPipeline pipeline, Note note);
}
