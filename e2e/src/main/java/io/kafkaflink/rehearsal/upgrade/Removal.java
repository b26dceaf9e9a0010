package io.kafkaflink.rehearsal.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.RestoreSpec;
import io.kafkaflink.rehearsal.stage.AppliedPipeline;
import io.kafkaflink.rehearsal.stage.Stage;

/** A suspended pipeline goes on in a second cluster, of which the first one knows nothing. */
final class Removal {
    private Removal() {}

    /** Creates it there as {@code kubectl kfp export} prints it. */
    static Step toAnotherCluster() {
        return new Step("create it in a second cluster", play -> {
            Stage second = play.stage().another(play.progress());
            play.closeLater(second);
            AppliedPipeline moved = AppliedPipeline.create(second.client(), exported(play));
            play.closeLater(() -> {
                moved.delete();
                play.await("deletion in the second cluster", () -> second.flink()
                        .running(play.namespace(), play.name() + "-"));
            });
            play.goOnWith(moved);
        });
    }

    private static ObjectNode exported(Play play) {
        ObjectMapper json = new ObjectMapper().findAndRegisterModules();
        JsonNode status = play.status();
        RestoreSpec restore = RestoreSpec.of(json.convertValue(status, PipelineStatus.class))
                .orElseThrow(() -> new IllegalStateException("no savepoint to go on from in " + status));
        ObjectNode manifest = play.pipeline().manifest().deepCopy();
        ObjectNode spec = (ObjectNode) manifest.get("spec");
        spec.remove("suspend");
        spec.withObjectProperty("state").set("restoreFrom", json.valueToTree(restore));
        return manifest;
    }
}
