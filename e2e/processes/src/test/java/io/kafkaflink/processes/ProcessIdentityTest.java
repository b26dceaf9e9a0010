package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
    @Test
    void knowsItsProcessAndNoOtherWithTheSameId() {
        ProcessIdentity own = ProcessIdentity.of(ProcessHandle.current());
        assertThat(own.running()).contains(ProcessHandle.current());
        assertThat(new ProcessIdentity(own.pid(), own.startMillis() + 1_000).running())
                .as("boot time read in another second")
                .isPresent();
        assertThat(new ProcessIdentity(own.pid(), own.startMillis() - 3_600_000).running())
                .as("the id was used again")
                .isEmpty();
        assertThat(new ProcessIdentity(own.pid(), 0).running()).isEmpty();
    }
}
