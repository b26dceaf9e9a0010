package io.kafkaflink.kubeapi;

/** {@code make kube-api}: prepares the binaries and prints their folder; exit code 1 with the reason when it cannot. */
public final class PrepareKubeApi {

    private PrepareKubeApi() {}

    public static void main(String[] args) {
        KubeApiBinaries.Result result = KubeApiBinaries.standard().prepare();
        if (result instanceof KubeApiBinaries.Unavailable unavailable) {
            System.err.println(unavailable.reason());
            System.exit(1);
        }
        KubeApiBinaries.Available available = result.orThrow();
        System.out.println("Kubernetes " + available.version() + ": " + available.directory());
    }
}
