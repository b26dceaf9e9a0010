package io.kafkaflink.job.step;

import io.kafkaflink.model.Transform;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.flink.api.dag.Transformation;

/**
 * The uids of the operators that a query was translated to: {@code step-<id>.<query>-<position>-<kind>}, where the query
 * stands for its text. The same query makes the same ones wherever it is translated the same way, and another query finds
 * no state that was kept for this one.
 */
final class SqlUids {
    private static final int DIGITS = 8;

    private final String prefix;

    SqlUids(Transform step) {
        prefix = step.uid() + "." + digest(step.sql().query());
    }

    /** Names what lies between the query's input and its results, in the order of the flow. */
    void set(Transformation<?> input, Transformation<?> results) {
        Set<Transformation<?>> seen = new LinkedHashSet<>();
        seen.add(input);
        collect(results, seen);
        seen.remove(input);
        int position = 0;
        for (Transformation<?> operator : seen) {
            if (operator.getUid() != null) {
                operator.setUid(prefix + "-" + position++ + "-" + kind(operator.getUid()));
            }
        }
    }

    private static void collect(Transformation<?> from, Set<Transformation<?>> seen) {
        if (!seen.contains(from)) {
            from.getInputs().forEach(input -> collect(input, seen));
            seen.add(from);
        }
    }

    /** Of what Flink has given, {@code <number>_<kind>}, the number differs from translation to translation. */
    private static String kind(String given) {
        return given.substring(given.indexOf('_') + 1);
    }

    private static String digest(String query) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(query.strip().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
