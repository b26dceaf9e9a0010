package io.kafkaflink.kubeapi;

import java.util.List;

/**
 * {@code make kube-api}: prepares the binaries and prints their folder. When it cannot, prints the reason and ends with
 * exit code 1, or 0 where {@code --optional} is given.
 */
public final class PrepareKubeApi {

    private PrepareKubeApi() {}

    public static void main(String[] args) {
        KubeApiBinaries.Result result = KubeApiBinaries.standard().prepare();
        if (result instanceof KubeApiBinaries.Unavailable unavailable) {
            System.err.println(unavailable.reason());
            if (!List.of(args).contains("--optional")) {
                System.exit(1);
            }
            return;
        }
        KubeApiBinaries.Available available = result.orThrow();
        System.out.println("Kubernetes " + available.version() + ": " + available.directory());
    }
}
