package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.job.HandoverReports;
import io.kafkaflink.doubles.job.NextMove;
import io.kafkaflink.doubles.job.Partition;
import io.kafkaflink.doubles.job.SavedState;
import io.kafkaflink.doubles.job.SimulatedKafka;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** main() of simulated jobs, from the JobManager's start until the job is submitted, and its report after that. */
final class MainMethod {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Clock clock;
    private final Duration poll;
    private final ClusterObjects objects;
    private final SimulatedCheckpoints checkpoints;
    private final ClusterLife life;
    SimulatedKafka kafka;

    MainMethod(
            Clock clock,
            Duration poll,
            ClusterObjects objects,
            SimulatedCheckpoints checkpoints,
            ClusterLife life,
            SimulatedKafka kafka) {
        this.clock = clock;
        this.poll = poll;
        this.objects = objects;
        this.checkpoints = checkpoints;
        this.life = life;
        this.kafka = kafka;
    }

    void run(DeploymentKey key, SimulatedCluster cluster) {
        Optional<Map<String, String>> data = objects.handover(key);
        NextMove move = NextMove.of(data, circumstances(cluster));
        if (move instanceof NextMove.Start) {
            start(key, cluster, data);
        } else if (move instanceof NextMove.AwaitOrder) {
            life.plan(cluster, poll, this::run, key);
        } else if (move instanceof NextMove.Arm arm) {
            arm(key, cluster, arm.order());
            life.plan(cluster, poll, this::run, key);
        } else if (move instanceof NextMove.TakeOver takeOver) {
            takeOver(key, cluster, takeOver.go());
        } else if (move instanceof NextMove.GoOn goOn) {
            boolean verified = data.orElse(Map.of()).containsKey(HandoverKeys.VERIFIED);
            goes(cluster, goOn.go(), !verified);
            life.submit(key, cluster);
        } else if (move instanceof NextMove.Continue goesOn) {
            cluster.told = Optional.ofNullable(goesOn.result().savepoint());
            life.submit(key, cluster);
        } else if (move instanceof NextMove.Fail fail) {
            life.mainFails(cluster, fail.message());
        }
    }

    /** A checkpoint of a running job is completed. */
    void completed(DeploymentKey key, SimulatedCluster cluster, SavedState checkpoint) {
        if (cluster.verifies) {
            cluster.verifies = false;
            int parallelism = cluster.start.spec().parallelism();
            objects.report(
                    key,
                    HandoverKeys.VERIFIED,
                    HandoverJson.write(reports(cluster)
                            .verified(cluster.go.orElseThrow().upgradeId(), checkpoint, parallelism, clock.instant())));
        }
    }

    private NextMove.Circumstances circumstances(SimulatedCluster cluster) {
        String jobId = cluster.start.jobId();
        return new NextMove.Circumstances(
                cluster.graph.configHash(),
                jobId,
                cluster.start.savepoint().isPresent(),
                checkpoints.ownOf(jobId),
                "required".equals(cluster.start.spec().configuration().get("kafkaflink.handover")));
    }

    /** A start from a place that the Flink operator chose is checked and reported once. */
    private void start(DeploymentKey key, SimulatedCluster cluster, Optional<Map<String, String>> data) {
        Optional<String> path = cluster.start.savepoint();
        if (path.isPresent() && data.isPresent() && !checkpoints.ownOf(cluster.start.jobId())) {
            Optional<ArmOrder> order = NextMove.order(data.get(), circumstances(cluster));
            Optional<String> abandoned = order.map(ArmOrder::abandoned)
                    .map(ArmOrder.Abandoned::jobId)
                    .flatMap(checkpoints::newestOf);
            GoResult result = reports(cluster).told(path.get(), abandoned, order.orElse(null), clock.instant());
            objects.report(key, HandoverKeys.RESULT, HandoverJson.write(result));
            if (result.outcome() == GoResult.Outcome.Refused) {
                life.mainFails(
                        cluster, "Start refused: " + result.reasons().get(0).message());
                return;
            }
        }
        life.submit(key, cluster);
    }

    private void arm(DeploymentKey key, SimulatedCluster cluster, ArmOrder order) {
        life.taskManagersAhead(key, cluster);
        Optional<SavedState> newest = checkpointOfOld(order)
                .or(() -> Optional.ofNullable(order.newestState()))
                .flatMap(checkpoints::state);
        ArmVerdict verdict = reports(cluster).armed(order, newest, clock.instant());
        boolean news = cluster.verdict
                .filter(before -> before.verdict() == verdict.verdict()
                        && before.revision().equals(verdict.revision())
                        && before.reasons().equals(verdict.reasons()))
                .isEmpty();
        if (news) {
            cluster.verdict = Optional.of(verdict);
        }
        String json = HandoverJson.write(cluster.verdict.orElseThrow());
        String written = objects.handover(key).orElse(Map.of()).get(HandoverKeys.ARMED);
        if (!json.equals(written)) {
            objects.report(key, HandoverKeys.ARMED, json);
        }
        checkpointOfOld(order)
                .flatMap(checkpoints::state)
                .filter(checkpoint -> order.drains())
                .ifPresent(checkpoint -> drain(key, cluster, order, checkpoint));
    }

    private void drain(DeploymentKey key, SimulatedCluster cluster, ArmOrder order, SavedState checkpoint) {
        SimulatedCluster.Drain drain = cluster.drain
                .filter(watched -> watched.order().equals(order))
                .orElseGet(() -> new SimulatedCluster.Drain(order, ends(checkpoint), false));
        Optional<DrainReport> report = drain.reported()
                ? Optional.empty()
                : reports(cluster).drained(order, drain.ends(), checkpoint, clock.instant());
        report.ifPresent(said -> objects.report(key, HandoverKeys.DRAINED, HandoverJson.write(said)));
        cluster.drain =
                Optional.of(new SimulatedCluster.Drain(order, drain.ends(), drain.reported() || report.isPresent()));
    }

    private Map<Partition, Long> ends(SavedState checkpoint) {
        return checkpoint.offsets().keySet().stream().collect(Collectors.toMap(each -> each, kafka::end));
    }

    /** The folder of the old job's checkpoints ends with its id. */
    private Optional<String> checkpointOfOld(ArmOrder order) {
        return Optional.ofNullable(order.from())
                .map(ArmOrder.From::checkpoints)
                .map(folder -> folder.substring(folder.lastIndexOf('/') + 1))
                .flatMap(checkpoints::newestOf);
    }

    private void takeOver(DeploymentKey key, SimulatedCluster cluster, GoOrder go) {
        Optional<SavedState> state = Optional.ofNullable(go.savepoint()).flatMap(checkpoints::state);
        GoResult result = reports(cluster).result(go, state, kafka, clock.instant());
        objects.report(key, HandoverKeys.RESULT, HandoverJson.write(result));
        if (result.outcome() == GoResult.Outcome.Refused) {
            life.mainFails(cluster, "Start refused: " + result.reasons().get(0).message());
        } else {
            goes(cluster, go, true);
            life.submitSoon(key, cluster);
        }
    }

    private void goes(SimulatedCluster cluster, GoOrder go, boolean verifies) {
        cluster.go = Optional.of(go);
        cluster.told = Optional.ofNullable(go.savepoint());
        cluster.verifies = verifies;
    }

    /** Nobody waits for ever for a first checkpoint. */
    void expectCheckpoint(DeploymentKey key, SimulatedCluster cluster) {
        if (cluster.verifies) {
            life.plan(cluster, PATIENCE, this::late, key);
        }
    }

    private void late(DeploymentKey key, SimulatedCluster cluster) {
        if (cluster.verifies) {
            cluster.verifies = false;
            objects.report(
                    key,
                    HandoverKeys.VERIFIED,
                    HandoverJson.write(
                            reports(cluster).unverified(cluster.go.orElseThrow().upgradeId(), clock.instant())));
        }
    }

    private static HandoverReports reports(SimulatedCluster cluster) {
        return new HandoverReports(
                cluster.graph, cluster.start.jobId(), cluster.flinkVersion, cluster.behaviour.handover());
    }
}
