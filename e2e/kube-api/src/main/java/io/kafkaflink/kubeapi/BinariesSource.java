package io.kafkaflink.kubeapi;

import java.io.IOException;
import java.nio.file.Path;

/** One way to come by the binaries. */
interface BinariesSource {

    /** What a person reads in the progress line and in the reason: "download", "go build". */
    String name();

    /**
     * Puts kube-apiserver, etcd and kubectl into an empty folder.
     *
     * @return the Kubernetes version of what is there now, for example {@code 1.34.4}
     * @throws IOException with a message that says why this way does not work here
     */
    String fill(Path staging) throws IOException, InterruptedException;
}
