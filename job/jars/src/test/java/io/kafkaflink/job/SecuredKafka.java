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
    /** Its principal in the golden file has this name. */
    static final String KERBEROS = "pipeline";

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration INTERVAL = Duration.ofMillis(20);

    /** Of every user; nothing else in the world has this text. */
    private final String password = UUID.randomUUID().toString();

    private final Path folder;
    private final TestAuthority authority;
    private final TestAuthority stranger;
    private final TestRealm realm;
    private final ProcessLedger ledger;
    private final KafkaBroker broker;
    private final Admin admin;

    private SecuredKafka(Path folder) throws Exception {
        this.folder = folder;
        this.authority = TestAuthority.make(folder).sign("broker").sign(CERTIFICATE);
        this.realm = TestRealm.start(folder.resolve("realm"));
        this.stranger = TestAuthority.make(Files.createDirectories(folder.resolve("stranger")));
        this.ledger = ProcessLedger.open(folder.resolve("ledgers"));
        this.broker = KafkaBroker.start(
                ledger,
                folder.resolve("broker"),
                new BrokerSecurity(
                        Files.writeString(folder.resolve("broker.pem"), authority.identity("broker")),
                        Files.writeString(folder.resolve("authority.pem"), authority.certificate()),
                        Map.of(PLAIN, password),
                        realm.broker()));
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

    /** Secrets of a user in a folder of their own, as the pods of a pipeline have them: by their names. */
    Path secrets(String name) throws Exception {
        Path mounts = Files.createTempDirectory(folder, name);
        Map<String, String> user = name.equals(CERTIFICATE)
                ? Map.of("user.crt", authority.certificate(name), "user.key", authority.key(name))
                : Map.of("pw", password, "sasl.jaas.config", login(name));
        MountedSecret.mount(mounts.resolve("pipeline-user"), user);
        MountedSecret.mountBytes(mounts.resolve("pipeline-keytab"), Map.of("keytab", Files.readAllBytes(realm.user())));
        for (String trusted : List.of("authority", "next-authority", "prod-cluster-ca-cert")) {
            // One of two authorities has signed nothing here: both must be read.
            String certificate = trusted.equals("authority") ? stranger.certificate() : certificate();
            MountedSecret.mount(mounts.resolve(trusted), Map.of("ca.crt", certificate));
        }
        return mounts;
    }

    private String login(String name) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + name + "\" password=\""
                + password + "\";";
    }

    /** The same with a login of the user's own making. */
    Path secretsWith(String login) throws IOException {
        Path mounts = Files.createTempDirectory(folder, "own");
        MountedSecret.mount(mounts.resolve("pipeline-user"), Map.of("sasl.jaas.config", login));
        return mounts;
    }

    /** Address, and properties as the operator renders them for a spec with that kind of user. */
    KafkaConnection connection(String user, Path mounts) throws Exception {
        String rendered =
                switch (user) {
                    case PLAIN -> "user-password";
                    case SCRAM -> "user-scram";
                    case KERBEROS -> "user-kerberos";
                    default -> "user-certificate";
                };
        Map<String, String> properties = RenderedProperties.of(rendered, mounts);
        // In the golden files it is a placeholder, and the user has the name of the listener's mechanism here.
        String certificate = certificate();
        properties.computeIfPresent(
                "ssl.truststore.certificates", (key, pem) -> pem.contains("${dir:") ? pem : certificate);
        properties.computeIfPresent(
                "sasl.jaas.config", (key, login) -> login.replace("\"pipeline\"", '"' + user + '"'));
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
    public void close() throws Exception {
        admin.close();
        ledger.close();
        realm.close();
    }
}
