package io.kafkaflink.job.handover;

import io.kafkaflink.model.Timespan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether transactions survive the time between the last checkpoint of the old job and the first commit of the new one. A
 * transaction that times out before is aborted by the broker, and its records are lost (FLINK-23839).
 *
 * @param sinks transaction timeout of each exactly-once sink, by sink name
 * @param checkpointInterval of the job, or its least pause between checkpoints where that is longer
 * @param checkpointTimeout of the job
 * @param toleratedFailures how many checkpoints in a row may fail while the job goes on
 * @param plannedDowntime longest planned time between stop and first commit
 */
record TransactionChecks(
        Map<String, String> sinks,
        Duration checkpointInterval,
        Duration checkpointTimeout,
        int toleratedFailures,
        Duration plannedDowntime) {

    List<Finding> findings(Fact<Duration> brokerMaximum) {
        List<Finding> findings = new ArrayList<>();
        sinks.forEach((sink, text) -> {
            Duration timeout = Timespan.parse(text);
            Duration needed = checkpointInterval
                    .plus(checkpointTimeout)
                    .multipliedBy(toleratedFailures + 1L)
                    .plus(plannedDowntime);
            if (timeout.compareTo(needed) < 0) {
                findings.add(Finding.unfit(
                        "TransactionTimeoutTooShort",
                        "Sink " + sink + ": found transactionTimeout " + text + ", expected at least "
                                + needed.toSeconds() + "s = checkpoint interval " + checkpointInterval.toSeconds()
                                + "s + checkpoint timeout " + checkpointTimeout.toSeconds() + "s"
                                + (toleratedFailures == 0
                                        ? ""
                                        : ", " + (toleratedFailures + 1) + " times for " + toleratedFailures
                                                + " tolerated failures,")
                                + " + planned downtime "
                                + plannedDowntime.toSeconds() + "s; raise it, or lower the others"));
            }
            if (brokerMaximum instanceof Fact.Known<Duration> maximum && timeout.compareTo(maximum.value()) > 0) {
                findings.add(Finding.unfit(
                        "TransactionTimeoutAboveBroker",
                        "Sink " + sink + ": found transactionTimeout " + text + ", but the broker's"
                                + " transaction.max.timeout.ms is "
                                + maximum.value().toMillis()
                                + "; the producer would not start. Lower the one or raise the other"));
            }
        });
        if (!sinks.isEmpty() && !(brokerMaximum instanceof Fact.Known<Duration>)) {
            findings.add(Finding.unknown("TransactionTimeoutUnknown", unknown(brokerMaximum)));
        }
        return findings;
    }

    private String unknown(Fact<Duration> maximum) {
        String why = maximum instanceof Fact.Denied<Duration> denied
                ? denied.message()
                : maximum instanceof Fact.Unavailable<Duration> unavailable ? unavailable.message() : "it has none";
        return "transaction.max.timeout.ms of the broker cannot be read (" + why
                + "); allow DescribeConfigs on the cluster, or make sure that it is not below " + sinks.values();
    }
}
