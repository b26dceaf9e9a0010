package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Encryption to the brokers. As {@code tls: {}} it trusts the public authorities that Java knows. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TlsSpec(
        @Size(max = 10)
        @JsonPropertyDescription("Authorities to trust, in place of those of the listener; default without a"
                + " clusterRef: the public ones.")
        List<TrustedCertificate> trustedCertificates) {
    public TlsSpec {
        trustedCertificates = trustedCertificates == null ? List.of() : List.copyOf(trustedCertificates);
    }

    /** A certificate (PEM) in a Secret of the pipeline's namespace. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TrustedCertificate(
            @Required
            @Size(max = 253)
            @Pattern(AuthenticationSpec.SECRET_NAME)
            @JsonPropertyDescription("Name of the Secret, as in prod-cluster-ca-cert.")
            String secretName,

            @Required
            @Size(max = 253)
            @Pattern(AuthenticationSpec.SECRET_KEY)
            @JsonPropertyDescription("Key in the Secret, as in ca.crt.")
            String certificate) {}
}
