package io.kafkaflink.model.handover;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Why a check came out as it did.
 *
 * @param code one word in upper camel case, as in {@code TopicMissing}
 * @param message what was found, what was expected and what to do, for people; at most {@value #LONGEST_MESSAGE}
 *     characters
 * @param acknowledge what a user writes to go on nevertheless; null when nothing can be written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reason(String code, String message, Acknowledgement acknowledge) {
    static final int LONGEST_MESSAGE = 600;

    public Reason {
        code = code == null ? "Unnamed" : code;
        message = message == null ? "" : message;
    }

    public static Reason of(String code, String message) {
        return new Reason(code, message, null);
    }
}
