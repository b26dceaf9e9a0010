package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which pair goes on from the state of which; the pairs are built one after the other, each with the savepoints before it. */
@Tag("every-pair")
class StepStatesIT {
    static final String KIND = "step-states";

    /** In the order in which one may follow another. */
    private static final List<KeptSavepoint> PAIRS = Stream.of("1.20-3.3.0", "1.20-3.4.0", "2.1-5.0.0", "2.2-5.0.0")
            .map(pair -> pair.split("-"))
            .map(pair -> new KeptSavepoint(KIND, pair[0], pair[1]))
            .toList();

    @TempDir
    Path folder;

    static List<KeptSavepoint> former() {
        return PAIRS.subList(0, PAIRS.indexOf(new KeptSavepoint(KIND, TestPair.LINE, TestPair.CONNECTOR)));
    }

    @Test
    @DisplayName("State of every operator is read by the same pair, and kept for those that may follow it")
    void keeps() throws Exception {
        String savepoint = new StepStates("states", folder).first();

        new StepStates("own", folder).second(savepoint);

        new KeptSavepoint(KIND, TestPair.LINE, TestPair.CONNECTOR).keep(Path.of(URI.create(savepoint)));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("former")
    @DisplayName("Every operator goes on from the state that each pair before this one has just written")
    void goesOn(KeptSavepoint former) throws Exception {
        assertThat(former.folder().resolve("_metadata"))
                .as("made by the StepStatesIT of %s-%s, which -am builds first", former.line(), former.connector())
                .exists();

        new StepStates("states-" + (former.line() + "-" + former.connector()).replace('.', '-'), folder)
                .second(former.folder().toUri().toString());
    }
}
