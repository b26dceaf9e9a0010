package io.kafkaflink.job;

import static org.awaitility.Awaitility.await;

import io.kafkaflink.model.JobConfiguration.KafkaConnection;
import io.kafkaflink.processes.BrokerSecurity;
import io.kafkaflink.processes.BrokerSecurity.Listener;
import io.kafkaflink.processes.KafkaBroker;
import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/**
 * A broker with TLS that denies what no ACL allows, and what its users mount: Secrets as the User Operator of Strimzi writes
 * them. The user of each listener and mechanism is called like it.
 */
final class SecuredKafka implements AutoCloseable {
    static final String SCRAM = "scram";
    static final String PLAIN = "plain";
    static final String CERTIFICATE = "mtls";

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration INTERVAL = Duration.ofMillis(20);

    /** Of every user; nothing else in the world has this text. */
    private final String password = UUID.randomUUID().toString();

    private final Path folder;
    private final TestAuthority authority;
    private final ProcessLedger ledger;
    private final KafkaBroker broker;
    private final Admin admin;

    private SecuredKafka(Path folder) throws Exception {
        this.folder = folder;
        this.authority = TestAuthority.make(folder).sign("broker").sign(CERTIFICATE);
        this.ledger = ProcessLedger.open(folder.resolve("ledgers"));
        this.broker = KafkaBroker.start(
                ledger,
                folder.resolve("broker"),
                new BrokerSecurity(
                        Files.writeString(folder.resolve("broker.pem"), authority.identity("broker")),
                        Files.writeString(folder.resolve("authority.pem"), authority.certificate()),
                        Map.of(PLAIN, password)));
        this.admin = plain().admin();
    }

    static SecuredKafka start(Path folder) throws Exception {
        SecuredKafka kafka = new SecuredKafka(folder);
        kafka.makeScramUser();
        return kafka;
    }

    private void makeScramUser() throws Exception {
        ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(SCRAM, info, password)))
                .all()
                .get();
        await().atMost(DEADLINE)
                .pollInterval(INTERVAL)
                .until(() -> admin.describeUserScramCredentials().all().get().containsKey(SCRAM));
    }

    /** By the plain listener, as who may do everything. */
    TestKafka plain() {
        return new TestKafka(broker);
    }

    /** PEM, as a Strimzi Kafka publishes it in its status. */
    private String certificate() throws Exception {
        return authority.certificate();
    }

    /** Whatever nobody but broker and clients may see. */
    List<String> secrets() throws Exception {
        String key = authority.key(CERTIFICATE).lines().skip(1).findFirst().orElseThrow();
        return List.of(password, key);
    }

    MountedSecret userSecret(String name) throws Exception {
        String login = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + name
                + "\" password=\"" + password + "\";";
        Map<String, String> data = name.equals(CERTIFICATE)
                ? Map.of(
                        "ca.crt", certificate(),
                        "user.crt", authority.certificate(name),
                        "user.key", authority.key(name))
                : Map.of("password", password, "sasl.jaas.config", login);
        return MountedSecret.mount(Files.createTempDirectory(folder, name), data);
    }

    /** A Secret with a login of the user's own making. */
    MountedSecret secret(String login) throws IOException {
        return MountedSecret.mount(Files.createTempDirectory(folder, "own"), Map.of("sasl.jaas.config", login));
    }

    /** Address and properties as docs/user-guide.md has them, and as the operator adds the listener's certificate. */
    KafkaConnection connection(String user, MountedSecret secret) throws Exception {
        Map<String, String> properties = new HashMap<>(secret.provider());
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.certificates", certificate());
        properties.put("security.protocol", "SASL_SSL");
        switch (user) {
            case PLAIN -> {
                properties.put("sasl.mechanism", "PLAIN");
                properties.put(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"plain\" password=\""
                                + secret.reference("password") + "\";");
            }
            case SCRAM -> {
                properties.put("sasl.mechanism", "SCRAM-SHA-512");
                properties.put("sasl.jaas.config", secret.reference("sasl.jaas.config"));
            }
            default -> {
                properties.put("ssl.truststore.certificates", secret.reference("ca.crt"));
                properties.put("security.protocol", "SSL");
                properties.put("ssl.keystore.type", "PEM");
                properties.put("ssl.keystore.certificate.chain", secret.reference("user.crt"));
                properties.put("ssl.keystore.key", secret.reference("user.key"));
            }
        }
        Listener listener = user.equals(CERTIFICATE) ? Listener.SSL : Listener.SASL_SSL;
        return new KafkaConnection(broker.bootstrapServers(listener), properties);
    }

    void grant(Collection<AclBinding> rights) throws Exception {
        admin.createAcls(rights).all().get();
        await().atMost(DEADLINE).pollInterval(INTERVAL).until(() -> rights().containsAll(rights));
    }

    void revoke(AclBinding right) throws Exception {
        admin.deleteAcls(List.of(right.toFilter())).all().get();
        await().atMost(DEADLINE).pollInterval(INTERVAL).until(() -> !rights().contains(right));
    }

    private Set<AclBinding> rights() throws Exception {
        return new HashSet<>(admin.describeAcls(AclBindingFilter.ANY).values().get());
    }

    AuditLog audit(String principal) throws IOException {
        return AuditLog.of(principal, broker.process().log());
    }

    @Override
    public void close() {
        admin.close();
        ledger.close();
    }
}
