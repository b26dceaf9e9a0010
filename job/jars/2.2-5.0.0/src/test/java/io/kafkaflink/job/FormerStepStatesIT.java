package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerStepStatesIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1.20, 3.3.0", "1.20, 3.4.0", "2.1, 5.0.0"})
    @DisplayName("Windows and deduplications go on from the state that the other pairs have just written")
    void goesOn(String line, String connector) throws Exception {
        Path savepoint = new KeptSavepoint(StepStatesIT.KIND, line, connector).folder();
        assertThat(savepoint.resolve("_metadata"))
                .as("made by StepStatesIT of that pair, in `mvn -pl job/jars/2.2-5.0.0 -am verify`")
                .exists();

        new StepStates("states-" + (line + "-" + connector).replace('.', '-'), folder)
                .second(savepoint.toUri().toString());
    }

    @Test
    @DisplayName("and from this pair's own")
    void goesOnFromItsOwn() throws Exception {
        String savepoint = new StepStates("own-first", folder).first();

        new StepStates("own-second", folder).second(savepoint);
    }
}
