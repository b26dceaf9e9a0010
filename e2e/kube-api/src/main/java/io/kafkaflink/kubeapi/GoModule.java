package io.kafkaflink.kubeapi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code e2e/kube-api/go.mod} as it is packed into the jar: the one home of the binaries' versions. */
final class GoModule {

    private static final Pattern KUBERNETES = Pattern.compile("k8s\\.io/kubernetes v(\\d+\\.\\d+\\.\\d+)");

    private GoModule() {}

    /** For example {@code 1.34.4}. */
    static String kubernetesVersion() {
        Matcher matcher = KUBERNETES.matcher(new String(read("go.mod"), StandardCharsets.UTF_8));
        if (!matcher.find()) {
            throw new KubeApiException("the packed go.mod requires no k8s.io/kubernetes");
        }
        return matcher.group(1);
    }

    /** Writes go.mod and go.sum into a folder, for {@code go build} to run in. */
    static void writeTo(Path folder) throws IOException {
        for (String file : List.of("go.mod", "go.sum")) {
            Files.write(folder.resolve(file), read(file));
        }
    }

    private static byte[] read(String file) {
        try (InputStream in = GoModule.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new KubeApiException(file + " is not packed beside " + GoModule.class.getName());
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new KubeApiException("cannot read the packed " + file, e);
        }
    }
}
