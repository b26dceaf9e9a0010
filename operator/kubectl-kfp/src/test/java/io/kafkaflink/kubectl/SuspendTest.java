package io.kafkaflink.kubectl;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SuspendTest {
    @Test
    @DisplayName("a job that has come to its end is not suspended, and nobody is told to wait for it")
    void finished() {
        assertThatThrownBy(() -> SuspendCommand.check(pipeline("FINISHED")))
                .isInstanceOf(KfpFailure.class)
                .hasMessageStartingWith("KafkaFlinkPipeline shop/clicks: status.job: found FINISHED, so that there is"
                        + " nothing to suspend");
    }

    @Test
    void running() {
        assertThatCode(() -> SuspendCommand.check(pipeline("RUNNING"))).doesNotThrowAnyException();
    }

    private static KafkaFlinkPipeline pipeline(String job) {
        return new KubernetesSerialization().unmarshal("""
                        apiVersion: kafkaflink.io/v1alpha1
                        kind: KafkaFlinkPipeline
                        metadata: {name: clicks, namespace: shop}
                        status: {job: %s}
                        """.formatted(job), KafkaFlinkPipeline.class);
    }
}
