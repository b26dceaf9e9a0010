package io.kafkaflink.operator.runtime;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator: settings from the environment, the cluster from the pod's service account or KUBECONFIG. */
public final class OperatorMain {
    private static final int INVALID_CONFIGURATION = 2;
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
        run(config);
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
