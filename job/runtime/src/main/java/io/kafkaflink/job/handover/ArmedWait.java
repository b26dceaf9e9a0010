package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.DrainReport;
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

/** A job that is armed: it checks itself, reports, watches the old job if it is told to, and waits. */
final class ArmedWait {
    private static final Logger LOG = LoggerFactory.getLogger(ArmedWait.class);

    private static final Duration INTERVAL = Duration.ofMillis(500);
    /** Between progress lines, and between checks of a job that is not fit yet. */
    private static final Duration PROGRESS = Duration.ofSeconds(30);

    private final HandoverMap map;
    private final Handover.Start start;
    private final Checks checks;
    private final Waiting waiting;

    ArmedWait(HandoverMap map, Handover.Start start, Checks checks, Waiting waiting) {
        this.map = map;
        this.start = start;
        this.checks = checks;
        this.waiting = waiting;
    }

    /** Waits for something else than this order; a lost ConfigMap or API server is no reason to start. */
    void await(ArmOrder order) throws InterruptedException {
        Instant begin = waiting.now();
        Instant nextCheck = begin;
        Instant nextLine = begin;
        ArmVerdict verdict = null;
        Optional<DrainWatch> drain =
                Optional.of(order).filter(ArmOrder::drains).map(each -> checks.drain(each, start.jobId()));
        Standing standing = new Standing.Arming(order);
        while (standing.equals(new Standing.Arming(order)) || standing instanceof Standing.Alone) {
            Instant now = waiting.now();
            if (!now.isBefore(nextCheck) && (verdict == null || verdict.verdict() != Verdict.Fit)) {
                verdict = report(order, verdict);
                nextCheck = waiting.now().plus(PROGRESS);
            }
            drain = drain.filter(watch -> !drained(order, watch));
            if (!now.isBefore(nextLine)) {
                LOG.info(
                        "Armed for {} s, {}: waiting for key {} of job {} in ConfigMap {}",
                        Duration.between(begin, now).toSeconds(),
                        verdict == null ? "not checked" : verdict.verdict(),
                        HandoverKeys.GO,
                        start.jobId(),
                        map.name());
                nextLine = now.plus(PROGRESS);
            }
            waiting.pause(INTERVAL);
            standing = look(order, standing, verdict);
        }
    }

    /** Looks again; what the ConfigMap lost of our verdict is written again. */
    private Standing look(ArmOrder order, Standing before, ArmVerdict verdict) {
        try {
            Optional<Map<String, String>> data = map.read();
            Standing standing = start.standing(data);
            if (standing instanceof Standing.Arming
                    && verdict != null
                    && !HandoverJson.write(verdict).equals(data.orElse(Map.of()).get(HandoverKeys.ARMED))) {
                map.write(HandoverKeys.ARMED, HandoverJson.write(verdict), isStill(new Standing.Arming(order)));
            }
            return standing;
        } catch (IOException e) {
            LOG.warn("Still armed: {}", e.getMessage());
            return before;
        }
    }

    /** True once the old job has read on and the operator was told. */
    private boolean drained(ArmOrder order, DrainWatch watch) {
        Optional<DrainReport> report = watch.look();
        try {
            return report.isPresent()
                    && map.write(
                            HandoverKeys.DRAINED,
                            HandoverJson.write(report.get()),
                            isStill(new Standing.Arming(order)));
        } catch (IOException e) {
            LOG.warn("The drain is reported again in a moment: {}", e.getMessage());
            return false;
        }
    }

    private ArmVerdict report(ArmOrder order, ArmVerdict before) {
        ArmVerdict verdict = checks.armed(order, start.jobId());
        if (before != null && before.reasons().equals(verdict.reasons())) {
            return before;
        }
        try {
            map.write(HandoverKeys.ARMED, HandoverJson.write(verdict), isStill(new Standing.Arming(order)));
            LOG.info("Armed: {} {}", verdict.verdict(), verdict.reasons());
            return verdict;
        } catch (IOException e) {
            LOG.warn("The verdict is written again in a moment: {}", e.getMessage());
            return before;
        }
    }

    private Predicate<Map<String, String>> isStill(Standing expected) {
        return data -> start.standing(Optional.of(data)).equals(expected);
    }
}
