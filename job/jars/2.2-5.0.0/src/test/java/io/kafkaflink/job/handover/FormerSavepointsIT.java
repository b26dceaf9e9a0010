package io.kafkaflink.job.handover;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerSavepointsIT {
    @ParameterizedTest
    @CsvSource({"1.20, 3.3.0", "1.20, 3.4.0", "2.1, 5.0.0"})
    @DisplayName("The savepoints that the other pairs have just made are read by this one")
    void reads(String line, String connector) throws Exception {
        GoldenSavepoint.of(line, connector).verify();
    }
}
