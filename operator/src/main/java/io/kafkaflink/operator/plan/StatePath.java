package io.kafkaflink.operator.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose a savepoint or a retained checkpoint is, told by its path. Flink names a savepoint {@code savepoint-<first six
 * digits of the job id>-<random>} and keeps checkpoints under {@code <job id>/chk-<n>}.
 */
final class StatePath {
    private static final Pattern SAVEPOINT = Pattern.compile(".*/savepoint-([0-9a-f]{6})-[^/]+/?");
    private static final Pattern CHECKPOINT = Pattern.compile(".*/([0-9a-f]{32})/chk-[0-9]+/?");

    private StatePath() {}

    /** The job id, or as many digits of it as the path tells. */
    static Optional<String> job(String path) {
        Matcher savepoint = SAVEPOINT.matcher(path);
        if (savepoint.matches()) {
            return Optional.of(savepoint.group(1));
        }
        Matcher checkpoint = CHECKPOINT.matcher(path);
        return checkpoint.matches() ? Optional.of(checkpoint.group(1)) : Optional.empty();
    }

    /** The path is of this job; either may be known by its first digits only. */
    static boolean of(String path, String jobId) {
        return job(path)
                .filter(digits -> jobId != null && !jobId.isEmpty())
                .filter(digits -> digits.startsWith(jobId) || jobId.startsWith(digits))
                .isPresent();
    }
}
