package io.kafkaflink.kubeapi;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A kubeconfig with one cluster and one user. */
record Kubeconfig(Cluster cluster, String user, AuthInfo auth) {

    /** HTTPS with a server certificate and a client certificate, all PEM files, embedded. */
    static Kubeconfig withCertificates(String url, Path serverCertificate, Path clientCertificate, Path clientKey) {
        return new Kubeconfig(
                new ClusterBuilder()
                        .withServer(url)
                        .withCertificateAuthorityData(base64(serverCertificate))
                        .build(),
                "admin",
                new AuthInfoBuilder()
                        .withClientCertificateData(base64(clientCertificate))
                        .withClientKeyData(base64(clientKey))
                        .build());
    }

    /** Plain HTTP without credentials. */
    static Kubeconfig plain(String url) {
        return new Kubeconfig(new ClusterBuilder().withServer(url).build(), "admin", new AuthInfoBuilder().build());
    }

    Kubeconfig withToken(String name, String token) {
        return new Kubeconfig(
                cluster, name, new AuthInfoBuilder().withToken(token).build());
    }

    String yaml() {
        return Serialization.asYaml(new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .addNewCluster()
                .withName("kafkaflink")
                .withCluster(cluster)
                .endCluster()
                .addNewUser()
                .withName(user)
                .withUser(auth)
                .endUser()
                .addNewContext()
                .withName("kafkaflink")
                .withNewContext()
                .withCluster("kafkaflink")
                .withUser(user)
                .withNamespace("default")
                .endContext()
                .endContext()
                .withCurrentContext("kafkaflink")
                .build());
    }

    Config config() {
        return Config.fromKubeconfig(yaml());
    }

    Path writeTo(Path file) {
        try {
            return Files.writeString(file, yaml());
        } catch (IOException e) {
            throw new KubeApiException("cannot write the kubeconfig " + file, e);
        }
    }

    private static String base64(Path pem) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(pem));
        } catch (IOException e) {
            throw new KubeApiException("cannot read the certificate or key " + pem, e);
        }
    }
}
