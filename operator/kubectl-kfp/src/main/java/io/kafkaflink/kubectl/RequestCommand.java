package io.kafkaflink.kubectl;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.desired.Annotations;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Asks the operator for something once, by the annotation {@value Annotations#REQUEST}. */
abstract class RequestCommand extends PipelineCommand {
    private static final DateTimeFormatter TOKEN =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final String what;

    RequestCommand(String what) {
        this.what = what;
    }

    /** @throws KfpFailure when the operator would have nothing to do */
    abstract void check(KafkaFlinkPipeline pipeline);

    @Override
    void run(Pipelines pipelines, KafkaFlinkPipeline pipeline, PrintWriter out) {
        check(pipeline);
        String request = what + "/" + TOKEN.format(Instant.now());
        pipelines.annotate(pipeline, Annotations.REQUEST, request);
        out.println(reference(pipeline) + ": asked for " + request
                + "; status.lastHandledRequest shows it once it is carried out");
    }
}
