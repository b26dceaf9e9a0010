package io.kafkaflink.operator.plan;

import java.util.regex.Pattern;

/** What a message that is read at 3 a.m. must contain. */
final class Words {
    /** A verb that tells somebody to do something. */
    static final Pattern SOMETHING_TO_DO = Pattern.compile(
            "(?is).*\\b(set|use|add|create|check|change|correct|remove|restore|wait|install|name|see|go back|keep|raise|"
                    + "lower|let|delete|finish|run|give|takes seconds|tried again|no way back)\\b.*");

    private Words() {}
}
