package io.kafkaflink.model;

/** A job configuration that cannot be read; the message is one line with the path, what was found and what was expected. */
public final class InvalidJobConfiguration extends Exception {
    public InvalidJobConfiguration(String message) {
        // No stack trace: the message is for the person who wrote the configuration, not for us.
        super(message.replaceAll("\\s*\\R\\s*", " "), null, false, false);
    }
}
