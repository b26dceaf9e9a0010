package io.kafkaflink.rehearsal.stage;

import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.KubeApiBinaries;
import io.kafkaflink.rehearsal.report.Progress;

/** How the Kubernetes API of a rehearsal comes up. */
@FunctionalInterface
public interface KubeApiStart {
    /** Starts it. */
    KubeApi start();

    /** A real one where its binaries are cached, can be downloaded or built; else the in-memory one, and says why. */
    static KubeApiStart auto(Progress progress) {
        return () -> {
            KubeApiBinaries.Result found = KubeApiBinaries.standard().prepare();
            if (found instanceof KubeApiBinaries.Unavailable unavailable) {
                progress.say(unavailable.reason());
                progress.say("using the in-memory API server instead: what follows is no proof");
                return KubeApi.inMemory();
            }
            return KubeApi.start(found.orThrow());
        };
    }

    /** The in-memory one. */
    static KubeApiStart memory() {
        return KubeApi::inMemory;
    }
}
