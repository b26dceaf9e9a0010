package io.kafkaflink.doubles.topic;

/**
 * A call that Kafka refused. The message starts with the class of Kafka's exception, as the Topic Operator prints it in
 * condition {@code KafkaError}.
 */
public final class KafkaFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean unreachable;

    private KafkaFailure(String message, boolean unreachable) {
        super(message);
        this.unreachable = unreachable;
    }

    /** Kafka answered and said no. */
    public static KafkaFailure refused(Throwable cause) {
        return new KafkaFailure(cause.getClass().getName() + ": " + cause.getMessage(), false);
    }

    /** Kafka did not answer in time. */
    public static KafkaFailure unreachable(String message) {
        return new KafkaFailure(message, true);
    }

    boolean isUnreachable() {
        return unreachable;
    }
}
