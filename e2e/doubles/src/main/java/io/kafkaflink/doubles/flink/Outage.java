package io.kafkaflink.doubles.flink;

import java.time.Duration;

/**
 * What a killed JobManager looks like from outside.
 *
 * @param pod until the new pod is available
 * @param rest until the REST endpoint answers, not before the pod is available
 * @param callsTimeOut a REST call made meanwhile hangs until its time-out, else it is answered once the endpoint is back
 */
public record Outage(Duration pod, Duration rest, boolean callsTimeOut) {}
