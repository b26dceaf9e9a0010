package io.kafkaflink.job.kafka;

import io.kafkaflink.job.JobRefused;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.types.Row;

/** A watermark strategy of the user's. */
final class StrategyClass {
    private StrategyClass() {}

    /**
     * A new one, made in main(), so that an armed job finds out what is wrong before the old one is stopped.
     *
     * @throws JobRefused with what is wrong and where the class belongs
     */
    @SuppressWarnings("unchecked") // What the strategy takes cannot be seen of a class; it gets rows.
    static WatermarkStrategy<Row> make(String name) {
        try {
            Object made = Class.forName(name, true, Thread.currentThread().getContextClassLoader())
                    .getConstructor()
                    .newInstance();
            if (!(made instanceof WatermarkStrategy<?> strategy)) {
                throw new JobRefused("eventTime.strategyClass: found " + name + ", which does not implement "
                        + WatermarkStrategy.class.getName() + "; name one that does");
            }
            return (WatermarkStrategy<Row>) strategy;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new JobRefused("eventTime.strategyClass: " + name + " cannot be loaded or made (" + e
                    + "); put its jar into /opt/flink/usrlib of the image, beside the job's, give it a public constructor"
                    + " without parameters, or correct the name");
        }
    }
}
