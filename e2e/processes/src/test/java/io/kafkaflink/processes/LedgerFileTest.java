package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFileTest {
    @TempDir
    Path temp;

    @Test
    void readsWhatWasEntered() throws IOException {
        LedgerFile file = new LedgerFile(temp.resolve("a.ledger"));
        Path folder = temp.resolve("größer als 100 % #1");
        file.owner(new ProcessIdentity(1, 1000));
        file.process(new ProcessIdentity(2, 2000));
        file.folder(folder);
        LedgerFile.Entries entries = file.read();
        assertThat(entries.owner()).contains(new ProcessIdentity(1, 1000));
        assertThat(entries.processes()).containsExactly(new ProcessIdentity(2, 2000));
        assertThat(entries.folders()).containsExactly(folder);
    }

    @Test
    void ignoresALineThatAKillHasCutOff() throws IOException {
        LedgerFile file = new LedgerFile(temp.resolve("a.ledger"));
        file.owner(new ProcessIdentity(1, 1000));
        Files.writeString(file.path(), "process 23", StandardOpenOption.APPEND);
        assertThat(file.read().processes()).isEmpty();
        assertThat(file.read().owner()).isPresent();
    }

    @Test
    void refusesLinesItDoesNotKnow() throws IOException {
        LedgerFile file = new LedgerFile(temp.resolve("a.ledger"));
        Files.writeString(file.path(), "container 17\n");
        assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("container 17");
    }
}
