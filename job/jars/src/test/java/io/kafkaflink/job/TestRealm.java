package io.kafkaflink.job;

import io.kafkaflink.processes.BrokerSecurity.Kerberos;
import io.kafkaflink.processes.FreePorts;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;

/** A Kerberos realm in this JVM, {@code EXAMPLE.COM}, with a broker on this machine and one user, {@code pipeline}. */
final class TestRealm implements AutoCloseable {
    private static final String CONFIGURATION = "java.security.krb5.conf";
    private static final String USER = "pipeline@EXAMPLE.COM";

    private final Path folder;
    private final String brokerPrincipal;
    private final SimpleKdcServer center = new SimpleKdcServer();

    private TestRealm(Path folder) throws Exception {
        this.folder = folder;
        // Clients ask for the broker by the name that this machine gives the address.
        String host = InetAddress.getByName("127.0.0.1").getCanonicalHostName();
        this.brokerPrincipal = "kafka/" + host + "@EXAMPLE.COM";
        center.setWorkDir(folder.toFile());
        center.setKdcRealm("EXAMPLE.COM");
        center.setKdcHost("127.0.0.1");
        center.setKdcTcpPort(FreePorts.next());
        center.setAllowUdp(false);
        center.init();
        center.start();
        center.createAndExportPrincipals(folder.resolve("broker.keytab").toFile(), brokerPrincipal);
        center.createAndExportPrincipals(user().toFile(), USER);
        // As the pods have it in /etc/krb5.conf.
        System.setProperty(CONFIGURATION, configuration().toString());
    }

    static TestRealm start(Path folder) throws Exception {
        return new TestRealm(Files.createDirectories(folder));
    }

    /** The user's keytab. */
    Path user() {
        return folder.resolve("user.keytab");
    }

    private Path configuration() {
        return folder.resolve("krb5.conf");
    }

    Kerberos broker() {
        return new Kerberos(configuration(), folder.resolve("broker.keytab"), brokerPrincipal);
    }

    @Override
    public void close() throws Exception {
        System.clearProperty(CONFIGURATION);
        center.stop();
    }
}
