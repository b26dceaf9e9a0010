package io.kafkaflink.processes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A child that says it is ready and never ends by itself; with an argument it does not end after SIGTERM either. */
final class Stubborn {
    private Stubborn() {}

    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        if (arguments.length > 0) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        System.out.println("ready");
        never.await();
    }

    static JavaCommand command(Path folder, String... arguments) {
        return new JavaCommand(
                "stubborn child",
                List.of(System.getProperty("java.class.path")),
                List.of("-Xmx16m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                Stubborn.class.getName(),
                List.of(arguments),
                Map.of(),
                folder,
                folder.resolve("child.log"));
    }
}
