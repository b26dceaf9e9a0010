package io.kafkaflink.rehearsal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadTest {
    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/v1/namespaces/a/configmaps?watch=true, false",
        "PATCH /api/v1/namespaces/a/configmaps/clicks-b-handover, true",
        "POST /apis/apps/v1/namespaces/a/controllerrevisions, true",
        "DELETE /apis/flink.apache.org/v1beta1/namespaces/a/flinkdeployments/clicks-a, true",
        "PUT /apis/coordination.k8s.io/v1/namespaces/o/leases/operator, false",
        "POST /api/v1/namespaces/a/events, false",
        "PATCH /api/v1/namespaces/a/events/clicks.1, false",
        "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews, false"
    })
    @DisplayName("leases, Events and reviews are no writes")
    void writes(String line, boolean write) throws IOException {
        RequestHead head =
                RequestHead.read(bytes(line + " HTTP/1.1\nHost: x\n\n")).orElseThrow();

        assertThat(head.line()).isEqualTo(line);
        assertThat(head.isWrite()).isEqualTo(write);
    }

    @Test
    @DisplayName("bodies by length and in chunks are copied to their end, and the next request follows")
    void bodies() throws IOException {
        InputStream in = bytes("PUT /a HTTP/1.1\nContent-Length: 5\n\nhelloPOST /b HTTP/1.1\n"
                + "Transfer-Encoding: chunked\n\n3\nabc\n0\n\nGET /c HTTP/1.1\nUpgrade: websocket\n\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        RequestHead.read(in).orElseThrow().copyBody(in, out);
        assertThat(out).hasToString("hello");
        out.reset();
        RequestHead.read(in).orElseThrow().copyBody(in, out);
        assertThat(out).hasToString("3\r\nabc\r\n0\r\n\r\n");
        assertThat(RequestHead.read(in).orElseThrow().upgrades()).isTrue();
        assertThat(RequestHead.read(in)).isEmpty();
    }

    @Test
    @DisplayName("a body that ends early is an error, never a shorter body")
    void cut() throws IOException {
        InputStream in = bytes("PUT /a HTTP/1.1\nContent-Length: 9\n\nhello");
        RequestHead head = RequestHead.read(in).orElseThrow();

        assertThatThrownBy(() -> head.copyBody(in, new ByteArrayOutputStream())).isInstanceOf(EOFException.class);
    }
}
