package io.kafkaflink.processes;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that owns a ledger with one folder and one child, and prints the child's process id. */
final class LedgerOwner {
    private LedgerOwner() {}

    /** @param arguments the folder of the ledgers */
    public static void main(String[] arguments) throws InterruptedException {
        ProcessLedger ledger = ProcessLedger.open(Path.of(arguments[0]));
        Path folder = ledger.createFolder("work");
        ChildProcess child = ledger.start(Stubborn.command(folder).command());
        System.out.println("child " + child.pid() + " " + folder);
        new CountDownLatch(1).await();
    }
}
