package io.kafkaflink.processes;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Two more listeners of a broker, for clients that say who they are, and an authorizer that denies them whatever no ACL
 * allows. Who comes by the plain listener may do everything, as tests and rehearsals do to prepare and to look.
 *
 * @param identity PEM file with the broker's private key and certificate
 * @param authorities PEM file with the authorities whose clients are known on listener {@code SSL}
 * @param plainUsers passwords by user of mechanism PLAIN; users of SCRAM-SHA-512 are made in Kafka itself
 * @param kerberos for mechanism GSSAPI
 */
public record BrokerSecurity(Path identity, Path authorities, Map<String, String> plainUsers, Kerberos kerberos) {

    /**
     * How the broker is known in a realm.
     *
     * @param configuration the realm's krb5.conf
     * @param keytab with the broker's key
     * @param principal as in {@code kafka/127.0.0.1@EXAMPLE.COM}
     */
    public record Kerberos(Path configuration, Path keytab, String principal) {}

    /** A listener that demands to know its clients. */
    public enum Listener {
        /** TLS; clients show a certificate, and are {@code User:CN=<name>}. */
        SSL,
        /** TLS; clients have a password (SCRAM-SHA-512 or PLAIN) or a ticket (GSSAPI), and are {@code User:<name>}. */
        SASL_SSL
    }

    public BrokerSecurity {
        plainUsers = new TreeMap<>(plainUsers);
    }

    /** @param present settings of a broker without these listeners */
    Map<String, String> over(Map<String, String> present, String host, Map<Listener, Integer> ports) {
        String addresses = ports.entrySet().stream()
                .map(port -> "," + port.getKey() + "://" + host + ":" + port.getValue())
                .collect(Collectors.joining());
        String names = ports.keySet().stream()
                .map(listener -> "," + listener + ":" + listener)
                .collect(Collectors.joining());
        Map<String, String> settings = new TreeMap<>(present);
        settings.computeIfPresent("listeners", (key, value) -> value + addresses);
        settings.computeIfPresent("advertised.listeners", (key, value) -> value + addresses);
        settings.computeIfPresent("listener.security.protocol.map", (key, value) -> value + names);
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.location", identity.toString());
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", authorities.toString());
        settings.put("listener.name.ssl.ssl.client.auth", "required");
        settings.put("listener.name.sasl_ssl.sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN,GSSAPI");
        settings.put(
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("listener.name.sasl_ssl.plain.sasl.jaas.config", plain());
        settings.put("sasl.kerberos.service.name", "kafka");
        settings.put(
                "listener.name.sasl_ssl.gssapi.sasl.jaas.config",
                "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true storeKey=true keyTab=\""
                        + kerberos.keytab() + "\" principal=\"" + kerberos.principal() + "\";");
        return settings;
    }

    private String plain() {
        return plainUsers.entrySet().stream()
                .map(user -> " user_" + user.getKey() + "=\"" + user.getValue() + "\"")
                .collect(Collectors.joining(
                        "", "org.apache.kafka.common.security.plain.PlainLoginModule required", ";"));
    }
}
