package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Who the job is, by a Secret of the pipeline's namespace that is mounted into its pods. Types are spelled as Strimzi does.
 * The Secrets of a Strimzi KafkaUser work as they are; those of a KafkaAccess do, with the keys that they have.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.type != 'plain' || has(self.username)",
        message = "type plain needs username; the password is a key of the Secret")
@ValidationRule(
        value = "(self.type == 'kerberos') == has(self.principal)",
        message = "principal and type kerberos need each other")
@ValidationRule(
        value = "!has(self.username) || self.type in ['plain', 'scram-sha-512']",
        message = "username is only used with type scram-sha-512 and plain; remove it")
@ValidationRule(
        value = "!has(self.serviceName) || self.type == 'kerberos'",
        message = "serviceName is only used with type kerberos; remove it")
public record AuthenticationSpec(
        @Required
        @JsonPropertyDescription(
                "tls: client certificate. scram-sha-512 and plain: password. kerberos: keytab. custom: by"
                        + " properties that refer to the Secret's files.")
        Type type,

        @Required
        @Size(max = 253)
        @Pattern(SECRET_NAME)
        @JsonPropertyDescription("Secret, mounted at /opt/kafkaflink/secrets/<secretName>.")
        String secretName,

        @Size(min = 1, max = 200)
        @Pattern("^[^\"\\\\;$\\s]+$")
        @JsonPropertyDescription("With plain, and with scram-sha-512 where the Secret has no sasl.jaas.config.")
        String username,

        @Size(max = 253) @Pattern(SECRET_KEY) @JsonPropertyDescription("Key with the password; default: password.")
        String passwordKey,

        @Size(max = 253)
        @Pattern(SECRET_KEY)
        @JsonPropertyDescription("With tls: key with the certificate; default: user.crt.")
        String certificate,

        @Size(max = 253)
        @Pattern(SECRET_KEY)
        @JsonPropertyDescription("With tls: key with the private key; default: user.key.")
        String key,

        @Size(min = 1, max = 300)
        @Pattern("^[^\"\\\\;$\\s]+$")
        @JsonPropertyDescription("With kerberos, as in pipeline@EXAMPLE.COM; the Secret has keytab and krb5.conf.")
        String principal,

        @Size(min = 1, max = 100)
        @Pattern("^[A-Za-z0-9_.-]+$")
        @JsonPropertyDescription("With kerberos: the brokers' service; default: kafka.")
        String serviceName,

        @Size(max = 100)
        @JsonPropertyDescription("Any text; another one after a changed Secret restarts the job by savepoint.")
        String revision) {

    static final String SECRET_NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    static final String SECRET_KEY = "^[-._a-zA-Z0-9]+$";

    /** Ways to say who one is. */
    public enum Type {
        @JsonProperty("tls")
        Tls,
        @JsonProperty("scram-sha-512")
        ScramSha512,
        @JsonProperty("plain")
        Plain,
        @JsonProperty("kerberos")
        Kerberos,
        @JsonProperty("custom")
        Custom
    }
}
