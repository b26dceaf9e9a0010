package io.kafkaflink.operator.crd;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the CRD and its reference page: {@code CrdWriter <directory of CRDs> [<directory of documentation>]}. */
public final class CrdWriter {
    /** Name of the file, in {@code crds/} of the repository and of the class path. */
    public static final String FILE_NAME = KafkaFlinkPipeline.CRD_NAME + ".yaml";

    /** Name of the reference page. */
    public static final String REFERENCE_NAME = "api-reference.md";

    private CrdWriter() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            throw new IllegalArgumentException("expected the directory to write " + FILE_NAME
                    + " to, and optionally the directory to write " + REFERENCE_NAME + " to");
        }
        write(Path.of(arguments[0]), FILE_NAME, GeneratedCrd.yaml());
        if (arguments.length == 2) {
            write(Path.of(arguments[1]), REFERENCE_NAME, ApiReference.markdown(GeneratedCrd.tree()));
        }
    }

    private static void write(Path directory, String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(directory).resolve(name), text);
    }
}
