package io.kafkaflink.rehearsal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the person asked for.
 *
 * @param file the pipeline
 * @param upgrade the same pipeline, changed; absent for the standard steps
 * @param input events; the standard ones when absent
 * @param recordsPerSecond of the numbered pipeline
 * @param keep leave everything running at the end
 * @param kubeApi which API server
 * @param report page to write at the end; none when absent
 * @param workDir where logs stay; a temporary folder when absent
 */
record Options(
        Path file,
        Optional<Path> upgrade,
        Optional<Path> input,
        int recordsPerSecond,
        boolean keep,
        KubeApiChoice kubeApi,
        Optional<Path> report,
        Optional<Path> workDir) {
    /** Which Kubernetes API a rehearsal uses. */
    enum KubeApiChoice {
        /** A real one where it can be had, else the in-memory one. */
        auto,
        /** The in-memory one. */
        memory
    }
}
