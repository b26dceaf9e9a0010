package io.kafkaflink.processes;

/**
 * Memory of the Flink processes, in MiB. The JVM itself needs about 150 MiB more each.
 *
 * @param jobManagerHeap heap of the JobManager
 * @param taskManagerHeap heap of a TaskManager, {@value #FRAMEWORK_HEAP} MiB of it for Flink itself
 * @param network buffers between the tasks of one TaskManager
 * @param managed for the RocksDB state backend and sorting; may be 0 with the HashMap backend
 */
public record FlinkMemory(int jobManagerHeap, int taskManagerHeap, int network, int managed) {
    static final int FRAMEWORK_HEAP = 64;
    static final int FRAMEWORK_OFF_HEAP = 64;
    /** Flink's default, a limit and nothing that is taken: a query of SQL is planned with more classes than fit into half. */
    static final int METASPACE = 256;

    /** Enough for the examples, so that two pipelines fit on one machine with everything else. */
    public static final FlinkMemory SMALL = new FlinkMemory(192, 256, 32, 32);

    public FlinkMemory {
        if (taskManagerHeap <= FRAMEWORK_HEAP) {
            throw new IllegalArgumentException("A TaskManager needs more than " + FRAMEWORK_HEAP + " MiB of heap");
        }
    }

    /** Limit of a TaskManager's direct memory. */
    int taskManagerDirect() {
        return FRAMEWORK_OFF_HEAP + network;
    }

    int taskHeap() {
        return taskManagerHeap - FRAMEWORK_HEAP;
    }
}
