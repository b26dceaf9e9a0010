package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.processes.ChildProcess;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.rehearsal.RehearsalFailedException;
import io.kafkaflink.rehearsal.traffic.Interference;
import io.kafkaflink.rehearsal.traffic.OpenTransaction;
import io.kafkaflink.rehearsal.traffic.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Steps in which something or somebody else than the pipeline's owner acts. */
final class Disturbances {
    private static final Duration EVERY_PARTITION = Duration.ofSeconds(3);

    private static final Duration BACKLOG = Duration.ofSeconds(4);

    private static final Pattern ACKNOWLEDGEMENT = Pattern.compile("\\{risk: \\w+, value: \"[^\"]*\"}");

    private Disturbances() {}

    /**
     * A transaction of the sink that nobody ends. Its id is one that a writer could have: about others under its prefix
     * the connector stumbles at every start (NumberFormatException, connector 5.0.0).
     */
    static Step openTransaction() {
        return new Step(
                "a transaction under the sink's prefix stays open",
                play -> play.closeLater(new OpenTransaction(
                        play.stage().bootstrapServers(),
                        group(play) + ".main.-0-1000000",
                        play.numbered().output())));
    }

    /** Somebody else commits, again and again, for the pipeline's group. */
    static Step foreignCommits() {
        return new Step("somebody else commits for the group", play -> {
            Interference somebody = interference(play);
            play.keepDoing(
                    () -> somebody.commitEnds(group(play), play.numbered().input(), play.partitions()));
        });
    }

    /** The job may not commit any more. */
    static Step forbidCommits() {
        return new Step(
                "the right to commit is revoked", play -> interference(play).forbidCommits(group(play)));
    }

    /**
     * Deletes everything that one partition holds, read or not, and counts what was not read: the loads so far end, and
     * what comes then is numbered anew.
     */
    static Step expire(int partition) {
        return new Step("the records of partition " + partition + " expire", play -> {
            Map<String, Integer> sent = play.flow().stopSending();
            play.await("the output's end", () -> play.flow().atEnd() ? Optional.empty() : Optional.of("more to read"));
            long unread = play.flow().unseen(key -> key.startsWith("p" + partition + "-"));
            interference(play).expire(play.numbered().input(), List.of(partition));
            play.acceptLoss(unread);
            play.note(unread + " records, accepted with RecordsExpired, were deleted before they were read; of "
                    + sent.values().stream().mapToInt(Integer::intValue).sum() + " sent until then");
            play.flow().send(play.numbered().input(), Route.pinned("then-", each -> true));
        });
    }

    /** Pastes into the spec the acknowledgement that the rejection shows, and has the change tried again. */
    static Step acknowledgeAndRetry() {
        return new Step("acknowledge what the rejection shows, retryNonce 1", play -> {
            String message = play.status().at("/rejected/message").asText();
            Matcher entry = ACKNOWLEDGEMENT.matcher(message);
            if (!entry.find()) {
                throw new RehearsalFailedException("the rejection shows no acknowledgement to paste: " + message);
            }
            play.edit(spec -> spec.withObjectProperty("upgrade")
                    .put("retryNonce", 1)
                    .withArrayProperty("acknowledge")
                    .add(Snippet.parse(entry.group())));
        });
    }

    /** Records pile up that nobody reads. */
    static Step backlog() {
        return new Step("records pile up", play -> play.pause(BACKLOG));
    }

    /** Kills the TaskManagers of the job that runs once; it comes back with its last checkpoint and has to catch up. */
    static Step killTaskManagers() {
        return new Step(
                "the running job's TaskManagers die",
                play -> killTaskManagers(play, play.pipeline().look().flinkDeployment()));
    }

    /** Waits until Flink, as far as its operator knows, has the job in this state. */
    static Step awaitJob(String state) {
        return new Step(
                "the job is " + state,
                play -> play.await("job " + state, () -> {
                    String found = play.status().path("job").asText();
                    return found.equals(state) ? Optional.empty() : Optional.of("the job is " + found);
                }));
    }

    /** Looks whether the last change was of this kind, and says so in the table. */
    static Step expectKind(String kind) {
        return new Step("the change is a " + kind, play -> {
            String found = play.status().at("/upgrade/kind").asText();
            if (!found.equals(kind)) {
                throw new RehearsalFailedException("the change is a " + found + ", expected a " + kind);
            }
            play.note("the change was a " + kind + ", in place: no savepoint can be taken of a job that does not run");
        });
    }

    /** Looks whether the job's own reason is in the rejection. */
    static Step expectRejection(String reason) {
        return new Step("the rejection says " + reason, play -> {
            String message = play.status().at("/rejected/message").asText();
            if (!message.contains(reason)) {
                throw new RehearsalFailedException("the rejection does not say " + reason + ": " + message);
            }
            play.note("the rejection says " + reason);
        });
    }

    private static void killTaskManagers(Play play, String deployment) {
        play
                .stage()
                .flink()
                .cluster(play.namespace(), deployment)
                .map(FlinkCluster::taskManagers)
                .orElse(List.of())
                .stream()
                .filter(ChildProcess::isAlive)
                .forEach(ChildProcess::kill);
    }

    /** Sends to partitions that the topic has got, too: all loads do so by themselves. */
    static Step awaitPartitions(int partitions) {
        return new Step("records for " + partitions + " partitions", play -> {
            play.await(
                    "partitions",
                    () -> play.stage().topics().partitions(play.numbered().input()) == partitions
                            ? Optional.empty()
                            : Optional.of("still fewer than " + partitions));
            play.pause(EVERY_PARTITION);
        });
    }

    private static Interference interference(Play play) {
        Interference somebody = new Interference(play.stage().bootstrapServers());
        play.closeLater(somebody);
        return somebody;
    }

    private static String group(Play play) {
        return play.namespace() + "." + play.name();
    }
}
