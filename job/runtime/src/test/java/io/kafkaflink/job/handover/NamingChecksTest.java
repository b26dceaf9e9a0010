package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.Delivery.TransactionNaming;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingChecksTest {

    /** The rows of the reference's table of transitions. */
    @ParameterizedTest
    @CsvSource({
        "OfConnector3, true,  Pooling,      NamingNeedsNewUid",
        "OfConnector3, false, Pooling,      ",
        "OfConnector3, true,  Incrementing, ",
        "OfConnector3, false, Incrementing, ",
        "Incrementing, true,  Pooling,      ",
        "Incrementing, true,  Incrementing, ",
        "Pooling,      true,  Pooling,      ",
        "Pooling,      true,  Incrementing, NamingCannotGoBack",
        "Pooling,      false, Incrementing, NamingCannotGoBack"
    })
    void transitions(FormerNaming former, boolean kept, TransactionNaming naming, String code) {
        assertThat(NamingChecks.finding("main", kept, former, naming)
                        .map(finding -> finding.reason().code())
                        .orElse(null))
                .isEqualTo(code);
    }

    @Test
    void readsBothVersionsOfTheState() throws IOException {
        FormerNaming.Reader reader = new FormerNaming.Reader();
        assertThat(reader.deserialize(1, state(-1))).isEqualTo(FormerNaming.OfConnector3);
        assertThat(reader.deserialize(2, state(0))).isEqualTo(FormerNaming.Incrementing);
        assertThat(reader.deserialize(2, state(1))).isEqualTo(FormerNaming.Pooling);
        assertThatThrownBy(() -> reader.deserialize(3, state(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found version 3, expected 1 or 2");
        assertThatThrownBy(() -> reader.deserialize(2, new byte[3])).isInstanceOf(IOException.class);
    }

    private static byte[] state(int owner) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("shop.clicks.main.");
        if (owner >= 0) {
            out.writeInt(0);
            out.writeInt(2);
            out.writeInt(owner);
            out.writeInt(0);
        }
        return bytes.toByteArray();
    }
}
