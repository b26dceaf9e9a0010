package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void neverTwiceAndBelowThePortsOfOutgoingConnections() {
        int[] ports = IntStream.range(0, 200).map(i -> FreePorts.next()).toArray();
        assertThat(ports).doesNotHaveDuplicates();
        assertThat(IntStream.of(ports)).allMatch(port -> port >= 15_000 && port < 32_000);
    }
}
