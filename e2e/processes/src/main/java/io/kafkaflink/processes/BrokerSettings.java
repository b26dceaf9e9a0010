package io.kafkaflink.processes;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The {@code server.properties} of a single broker for tests and rehearsals. */
final class BrokerSettings {
    private BrokerSettings() {}

    static Map<String, String> of(String host, int port, int controllerPort, Path data) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + host + ":" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://" + host + ":" + port + ",CONTROLLER://" + host + ":" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://" + host + ":" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", data.toString());
        settings.put("auto.create.topics.enable", "false");
        // One broker can hold one replica.
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // Replayed events carry old timestamps; by the default of 7 days they would be deleted within minutes.
        settings.put("log.retention.ms", "-1");
        // The default takes 128 MiB, half of the heap.
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        settings.put("num.io.threads", "4");
        settings.put("num.network.threads", "2");
        return settings;
    }
}
