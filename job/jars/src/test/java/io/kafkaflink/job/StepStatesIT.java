package io.kafkaflink.job;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("every-pair")
class StepStatesIT {
    static final String KIND = "step-states";

    @TempDir
    Path folder;

    @Test
    @DisplayName("State of windows and deduplications of this pair is kept for the newest pair to go on from it")
    void keeps() throws Exception {
        String savepoint = new StepStates("states", folder).first();

        new KeptSavepoint(KIND, TestPair.LINE, TestPair.CONNECTOR).keep(Path.of(URI.create(savepoint)));
    }
}
