package io.kafkaflink.job.handover;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** Settings that Kafka's clients refuse: a missing file, an unknown value. */
record UnusableSettings(RuntimeException failure) {
    private static final String LOGIN = "org.apache.kafka.common.security.JaasConfig";

    /** In the words of Kafka, but for login modules: of those it quotes pieces, which may be of a password. */
    Finding finding() {
        return Finding.unfit("KafkaSettings", "Kafka's settings cannot be used: " + (ofLogin() ? login() : said()));
    }

    private boolean ofLogin() {
        return causes().flatMap(cause -> Arrays.stream(cause.getStackTrace()))
                .anyMatch(frame -> frame.getClassName().equals(LOGIN));
    }

    private static String login() {
        return "sasl.jaas.config does not have the form <login module> required <option>=\"<value>\" ...; with the"
                + " semicolon at its end. Correct it in its Secret; what it says is not shown here";
    }

    /** The innermost cause names the setting; newer clients wrap it in several exceptions that do not. */
    private String said() {
        Throwable root = causes().reduce(failure, (outer, inner) -> inner);
        return failure + (root == failure ? "" : ": " + root.getMessage());
    }

    private Stream<Throwable> causes() {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
