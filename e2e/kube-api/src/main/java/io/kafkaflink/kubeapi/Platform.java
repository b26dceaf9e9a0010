package io.kafkaflink.kubeapi;

import java.util.Locale;

/**
 * Operating system and processor in Go's spelling, as the folders of fabric8 kube-api-test are named.
 *
 * @param os for example {@code linux} or {@code darwin}
 * @param arch for example {@code amd64} or {@code arm64}
 */
record Platform(String os, String arch) {

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** Maps Java's {@code os.name} and {@code os.arch}; same table as kube-api-test's OSInfo. */
    static Platform of(String javaOs, String javaArch) {
        String name = javaOs.toLowerCase(Locale.ROOT);
        String os = name.contains("mac") ? "darwin" : name.contains("win") ? "windows" : name;
        String arch =
                switch (javaArch.toLowerCase(Locale.ROOT)) {
                    case "aarch64", "arm64" -> "arm64";
                    case "ppc64", "ppc64le" -> "ppc64le";
                    default -> "amd64";
                };
        return new Platform(os, arch);
    }

    /** {@code -linux-amd64}: what follows the version in a folder name. */
    String suffix() {
        return "-" + os + "-" + arch;
    }
}
