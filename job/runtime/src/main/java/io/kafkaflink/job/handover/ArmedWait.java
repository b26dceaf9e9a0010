package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for something else than one order, and meanwhile checks the job, watches the old one when it is to be drained, and
 * reports both. A lost ConfigMap or API server is no reason to start; what the ConfigMap lost is written again.
 */
final class ArmedWait {
    private static final Logger LOG = LoggerFactory.getLogger(ArmedWait.class);

    private final HandoverMap map;
    private final Handover.Start start;
    private final Checks checks;
    private final Waiting waiting;
    private final ArmOrder order;
    private ArmVerdict verdict;
    private DrainReport drained;

    ArmedWait(HandoverMap map, Handover.Start start, Checks checks, Waiting waiting, ArmOrder order) {
        this.map = map;
        this.start = start;
        this.checks = checks;
        this.waiting = waiting;
        this.order = order;
    }

    void await() throws InterruptedException {
        Instant begin = waiting.now();
        Instant nextCheck = begin;
        Instant nextLine = begin;
        Optional<DrainWatch> drain =
                Optional.of(order).filter(ArmOrder::drains).map(each -> checks.drain(each, start.jobId()));
        Standing standing = new Standing.Arming(order);
        while (standing.equals(new Standing.Arming(order)) || standing instanceof Standing.Alone) {
            Instant now = waiting.now();
            if (!now.isBefore(nextCheck) && (verdict == null || verdict.verdict() != Verdict.Fit)) {
                report();
                nextCheck = waiting.now().plus(Handover.PROGRESS);
            }
            if (drain.isPresent() && drained == null) {
                drain.flatMap(DrainWatch::look).ifPresent(this::drained);
            }
            if (!now.isBefore(nextLine)) {
                LOG.info(
                        "Armed for {} s, {}: waiting for key {} of job {} in ConfigMap {}",
                        Duration.between(begin, now).toSeconds(),
                        verdict == null ? "not checked" : verdict.verdict(),
                        HandoverKeys.GO,
                        start.jobId(),
                        map.name());
                nextLine = now.plus(Handover.PROGRESS);
            }
            waiting.pause(Handover.INTERVAL);
            standing = look(standing);
        }
    }

    private Standing look(Standing before) {
        try {
            Optional<Map<String, String>> data = map.read();
            Standing standing = start.standing(data);
            if (standing instanceof Standing.Arming) {
                restore(HandoverKeys.ARMED, verdict, data.orElse(Map.of()));
                restore(HandoverKeys.DRAINED, drained, data.orElse(Map.of()));
            }
            return standing;
        } catch (IOException e) {
            LOG.warn("Still armed: {}", e.getMessage());
            return before;
        }
    }

    private void restore(String key, HandoverDocument said, Map<String, String> data) throws IOException {
        if (said != null && !HandoverJson.write(said).equals(data.get(key))) {
            map.write(key, HandoverJson.write(said), isStillOrdered());
        }
    }

    /** The old job has read on; the operator is told. */
    private void drained(DrainReport report) {
        try {
            if (map.write(HandoverKeys.DRAINED, HandoverJson.write(report), isStillOrdered())) {
                drained = report;
            }
        } catch (IOException e) {
            LOG.warn("The drain is reported again in a moment: {}", e.getMessage());
        }
    }

    private void report() {
        ArmVerdict now = checks.armed(order, start.jobId());
        if (verdict != null && verdict.reasons().equals(now.reasons())) {
            return;
        }
        try {
            map.write(HandoverKeys.ARMED, HandoverJson.write(now), isStillOrdered());
            LOG.info("Armed: {} {}", now.verdict(), now.reasons());
            verdict = now;
        } catch (IOException e) {
            LOG.warn("The verdict is written again in a moment: {}", e.getMessage());
        }
    }

    private Predicate<Map<String, String>> isStillOrdered() {
        return data -> start.standing(Optional.of(data)).equals(new Standing.Arming(order));
    }
}
