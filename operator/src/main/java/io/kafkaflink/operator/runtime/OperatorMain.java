package io.kafkaflink.operator.runtime;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator: settings from the environment, the cluster from the pod's service account or KUBECONFIG. */
public final class OperatorMain {
    private static final int INVALID_CONFIGURATION = 2;
    /** Looks whether everything is there that an operator needs, and ends. */
    private static final String SELF_CHECK = "--self-check";

    private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);

    private OperatorMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        OperatorConfig config;
        try {
            config = OperatorConfig.parse(System.getenv());
        } catch (InvalidConfiguration e) {
            System.err.println(e.getMessage());
            System.exit(INVALID_CONFIGURATION);
            return;
        }
        LogOutput.configure(config.log());
        if (List.of(arguments).equals(List.of(SELF_CHECK))) {
            System.exit(check(config));
        } else if (arguments.length > 0) {
            System.err.println("arguments: found " + List.of(arguments) + ", expected none, or " + SELF_CHECK);
            System.exit(INVALID_CONFIGURATION);
        } else {
            run(config);
        }
    }

    /** @return exit code: 0 when nothing is missing */
    private static int check(OperatorConfig config) {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            int missing = new SelfCheck(client, config).missing().size();
            LOG.info("self-check: {}", missing == 0 ? "nothing is missing" : missing + " missing");
            return missing == 0 ? 0 : 1;
        } catch (KubernetesClientException e) {
            LOG.error("the API server cannot be asked: {}", e.getMessage());
            return 1;
        }
    }

    private static void run(OperatorConfig config) throws InterruptedException {
        try {
            OperatorProcess process = OperatorProcess.start(config, Outside.of(Config.autoConfigure(null)));
            Runtime.getRuntime().addShutdownHook(new Thread(process::close, "shutdown"));
        } catch (IOException | RuntimeException e) {
            LOG.error("the operator cannot start: {}", e.getMessage(), e);
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}
