package io.kafkaflink.doubles.flink;

import java.time.Duration;

/**
 * Waits of the operator. All of them are pure waiting: scaling them changes no state and no field.
 *
 * @param reconcileInterval between passes over a settled resource (real: 15 s with the chart)
 * @param progressCheck between passes while the JobManager comes up (real: 5 s)
 * @param restReadyDelay from DEPLOYED_NOT_READY to READY (real: 10 s)
 * @param restTimeout of a REST call (real: 10 s)
 * @param rateLimit passes per {@code ratePeriod} and resource (real: 5)
 * @param ratePeriod real: 15 s
 * @param eventLatency from the end of a pass to the next one, when an event came in between (real: about 0.1 s)
 * @param keptSnapshots number of UPGRADE snapshot resources that are kept (real: 10)
 */
public record FlinkOperatorSettings(
        Duration reconcileInterval,
        Duration progressCheck,
        Duration restReadyDelay,
        Duration restTimeout,
        int rateLimit,
        Duration ratePeriod,
        Duration eventLatency,
        int keptSnapshots) {

    /** As the real operator. */
    public static FlinkOperatorSettings real() {
        return new FlinkOperatorSettings(
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                5,
                Duration.ofSeconds(15),
                Duration.ofMillis(100),
                10);
    }

    /** Ten times faster, REST-ready delay 1 s. */
    public static FlinkOperatorSettings rehearsal() {
        return new FlinkOperatorSettings(
                Duration.ofMillis(1500),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                5,
                Duration.ofMillis(1500),
                Duration.ofMillis(10),
                10);
    }
}
