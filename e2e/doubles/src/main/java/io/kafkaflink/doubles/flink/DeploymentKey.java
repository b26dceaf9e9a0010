package io.kafkaflink.doubles.flink;

/** Names one FlinkDeployment. */
public record DeploymentKey(String namespace, String name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
