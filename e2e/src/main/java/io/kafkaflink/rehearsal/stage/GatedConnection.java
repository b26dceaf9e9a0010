package io.kafkaflink.rehearsal.stage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection through a {@link WriteGate}: requests are read one by one, answers pass as they come. */
final class GatedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(GatedConnection.class);
    private static final int BUFFER = 8192;

    private final WriteGate gate;
    private final Socket client;
    private final Socket upstream;
    private volatile Optional<WriteGate.Blow> atAnswer = Optional.empty();

    GatedConnection(WriteGate gate, Socket client, Socket upstream) {
        this.gate = gate;
        this.client = client;
        this.upstream = upstream;
    }

    void start() {
        thread("gate requests", this::requests);
        thread("gate answers", this::answers);
    }

    boolean isClosed() {
        return client.isClosed();
    }

    private void thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException ended) {
                        LOG.trace("a connection has ended", ended);
                    } finally {
                        close();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Work on sockets. */
    private interface Work {
        void run() throws IOException;
    }

    private void requests() throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        OutputStream out = upstream.getOutputStream();
        for (Optional<RequestHead> head = RequestHead.read(in); head.isPresent(); head = RequestHead.read(in)) {
            if (head.get().isWrite()) {
                Optional<WriteGate.Blow> sprung = gate.passing(head.get().line());
                if (sprung.filter(trap -> trap.side() == WriteGate.Side.BEFORE).isPresent()) {
                    sprung.get().fall();
                    return;
                }
                atAnswer = sprung;
            }
            out.write(head.get().bytes());
            head.get().copyBody(in, out);
            out.flush();
            if (head.get().upgrades()) {
                in.transferTo(out);
            }
        }
    }

    private void answers() throws IOException {
        InputStream in = upstream.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (atAnswer.isPresent()) {
                atAnswer.get().fall();
                return;
            }
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    void close() {
        for (Socket socket : new Socket[] {client, upstream}) {
            try {
                socket.close();
            } catch (IOException failed) {
                LOG.debug("a socket was not closed", failed);
            }
        }
    }
}
