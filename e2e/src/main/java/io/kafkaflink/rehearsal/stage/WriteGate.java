package io.kafkaflink.rehearsal.stage;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the operator and the API server, counts the operator's writes, and can do something right before or
 * right after one of them, such as killing the operator. Plain HTTP on loopback on the operator's side. Leases, Events
 * and reviews of rights are no writes here: they change nothing of a pipeline.
 */
public final class WriteGate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteGate.class);

    private final ServerSocket server;
    private final Config kubeconfig;
    private final URI target;
    private final SSLContext trust;
    private final List<GatedConnection> connections = new CopyOnWriteArrayList<>();
    private final List<String> writes = new ArrayList<>();
    private Optional<Trap> trap = Optional.empty();

    /** On which side of a write. */
    public enum Side {
        /** The API server never gets it. */
        BEFORE,
        /** The API server has done it; the answer never arrives. */
        AFTER
    }

    /** Something that happens at some writes, counted from 1. */
    record Trap(Set<Integer> numbers, Side side, IntConsumer action) {}

    /** What is to be done at one write. */
    record Blow(int number, Side side, IntConsumer action) {
        void fall() {
            action.accept(number);
        }
    }

    private WriteGate(ServerSocket server, Config kubeconfig, URI target, SSLContext trust) {
        this.server = server;
        this.kubeconfig = kubeconfig;
        this.target = target;
        this.trust = trust;
    }

    /** Opens a gate to the API server of a kubeconfig. */
    static WriteGate open(Path kubeconfig) {
        try {
            String yaml = Files.readString(kubeconfig);
            io.fabric8.kubernetes.client.Config client = io.fabric8.kubernetes.client.Config.fromKubeconfig(yaml);
            WriteGate gate = new WriteGate(
                    new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    Serialization.unmarshal(yaml, Config.class),
                    URI.create(client.getMasterUrl()),
                    SSLUtils.sslContext(client));
            Thread thread = new Thread(gate::accept, "write gate");
            thread.setDaemon(true);
            thread.start();
            return gate;
        } catch (IOException failed) {
            throw new UncheckedIOException("no gate before the API server", failed);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("the API server's certificate in " + kubeconfig + " is unusable", failed);
        }
    }

    /** Writes a kubeconfig that leads through the gate. */
    Path kubeconfig(Path file) {
        kubeconfig.getClusters().forEach(named -> {
            named.getCluster().setServer("http://127.0.0.1:" + server.getLocalPort());
            named.getCluster().setCertificateAuthorityData(null);
        });
        try {
            return Files.writeString(file, Serialization.asYaml(kubeconfig));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Counts from 0 again, without a trap. */
    public synchronized void reset() {
        writes.clear();
        trap = Optional.empty();
    }

    /** Counts from 0 again and does something, which is told the number, at each of these writes from now on. */
    public synchronized void arm(Set<Integer> numbers, Side side, IntConsumer action) {
        writes.clear();
        trap = Optional.of(new Trap(Set.copyOf(numbers), side, action));
    }

    /** Method and path of every write since the last reset. */
    public synchronized List<String> writes() {
        return List.copyOf(writes);
    }

    /** Notes a write; what is to be done about it, if anything. */
    synchronized Optional<Blow> passing(String write) {
        writes.add(write);
        return trap.filter(set -> set.numbers().contains(writes.size()))
                .map(set -> new Blow(writes.size(), set.side(), set.action()));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket upstream = trust.getSocketFactory().createSocket(target.getHost(), target.getPort());
                GatedConnection connection = new GatedConnection(this, client, upstream);
                connections.removeIf(GatedConnection::isClosed);
                connections.add(connection);
                connection.start();
            } catch (IOException refused) {
                // The API server may be away; the operator tries again.
                LOG.debug("a connection was not made", refused);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.forEach(GatedConnection::close);
    }
}
