package io.kafkaflink.rehearsal.pipeline;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Topics for a pipeline to find by its pattern, which nobody has made on this machine. */
final class FoundTopics {
    /** A placeholder, or a character that stands for itself. */
    private static final Pattern ANYTHING = Pattern.compile("\\.[*+]");

    private FoundTopics() {}

    /**
     * Two of them.
     *
     * @param partitions of each
     */
    static List<Shape.Topic> of(String pattern, int partitions) {
        return Stream.of("one", "two")
                .map(word -> ANYTHING.matcher(pattern).replaceAll(Matcher.quoteReplacement(word)))
                .map(name -> name.replace("\\.", "."))
                .peek(name -> check(name, pattern))
                .map(name -> new Shape.Topic(name, partitions, "External"))
                .distinct()
                .toList();
    }

    private static void check(String name, String pattern) {
        if (!name.matches("[a-zA-Z0-9._-]{1,249}") || !name.matches(pattern)) {
            throw new UncheckableException("topicPattern " + pattern + ": the rehearsal makes topics with words in the"
                    + " place of .* and .+, and " + name + " is none that matches; put topics in its place to rehearse"
                    + " the rest");
        }
    }
}
