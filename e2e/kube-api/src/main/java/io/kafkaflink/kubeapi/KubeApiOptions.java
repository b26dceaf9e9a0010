package io.kafkaflink.kubeapi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How an API server is started.
 *
 * @param apiServerFlags extra kube-apiserver flags, each {@code --name=value}; default none
 * @param fsync whether etcd waits for the disk; default false, since the data lives as long as the process
 * @param startTimeout limit for the whole start; default 2 min (3 to 5 s are usual on 2 free cores)
 */
public record KubeApiOptions(List<String> apiServerFlags, boolean fsync, Duration startTimeout) {

    public KubeApiOptions {
        apiServerFlags = List.copyOf(apiServerFlags);
    }

    public static KubeApiOptions defaults() {
        return new KubeApiOptions(List.of(), false, Duration.ofMinutes(2));
    }

    /** With one more kube-apiserver flag, for example {@code --feature-gates=WatchList=true}. */
    public KubeApiOptions withApiServerFlag(String flag) {
        List<String> flags = new ArrayList<>(apiServerFlags);
        flags.add(flag);
        return new KubeApiOptions(flags, fsync, startTimeout);
    }
}
