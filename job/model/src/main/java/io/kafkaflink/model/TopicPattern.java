package io.kafkaflink.model;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression (java.util.regex) that names of topics match as a whole.
 *
 * <p>Some expressions try very many ways on a name that they do not match. The operator serves everybody, so that a match
 * has a budget.
 */
public final class TopicPattern {
    /** Characters looked at for one name; ordinary expressions look at a few hundred. */
    private static final int BUDGET = 100_000;

    private final Pattern pattern;

    private TopicPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws PatternSyntaxException with what is wrong and where */
    public static TopicPattern compile(String text) {
        return new TopicPattern(Pattern.compile(text));
    }

    /**
     * Whether the whole name matches.
     *
     * @throws TooLong when the answer takes too many tries
     */
    public boolean matches(String name) {
        return pattern.matcher(new Budgeted(name, new int[] {BUDGET})).matches();
    }

    /** The expression, for the connector. */
    public Pattern regex() {
        return pattern;
    }

    /** A name takes too many tries. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private record Budgeted(String text, int[] left) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left[0]-- == 0) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Budgeted(text.substring(start, end), left);
        }
    }
}
