package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate authority for one test, and the keys that it signs, made by keytool of this JDK. */
final class TestAuthority {
    private static final String PASSWORD = "for-this-test";
    private static final String AUTHORITY = "authority";

    private final Path store;

    private TestAuthority(Path store) {
        this.store = store;
    }

    static TestAuthority make(Path folder) throws Exception {
        TestAuthority authority = new TestAuthority(folder.resolve("keys.p12"));
        authority.keytool(AUTHORITY, "-ext", "bc:c");
        return authority;
    }

    /** Makes a key pair whose owner is {@code CN=<name>} on this machine. */
    TestAuthority sign(String name) throws Exception {
        keytool(name, "-signer", AUTHORITY, "-ext", "san=ip:127.0.0.1");
        return this;
    }

    /** PEM of the authority's certificate. */
    String certificate() throws Exception {
        return certificate(AUTHORITY);
    }

    /** PEM of the certificate of a name, as signed. */
    String certificate(String name) throws Exception {
        return pem("CERTIFICATE", keys().getCertificate(name).getEncoded());
    }

    /** PEM of the private key of a name. */
    String key(String name) throws Exception {
        return pem("PRIVATE KEY", keys().getKey(name, PASSWORD.toCharArray()).getEncoded());
    }

    /** PEM of the private key of a name and of all certificates that vouch for it. */
    String identity(String name) throws Exception {
        StringBuilder pem = new StringBuilder(key(name));
        for (Certificate certificate : keys().getCertificateChain(name)) {
            pem.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return pem.toString();
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }

    private void keytool(String name, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2"));
        command.addAll(List.of(more));
        Path log = Files.createTempFile(store.getParent(), "keytool", ".log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).as(Files.readString(log)).isZero();
    }
}
