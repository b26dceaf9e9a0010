package io.kafkaflink.operator.plan;

import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.operator.desired.Revision;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The counters at the end of uids, as in {@code source-2}. They only rise: state of an earlier use may still be somewhere. */
final class Generations {
    private static final Pattern UID = Pattern.compile("(.*-)([0-9]{1,9})");

    private final Set<String> used = new TreeSet<>();

    Generations(Collection<Revision> stored, Uids deployed) {
        stored.forEach(revision -> add(revision.uids()));
        add(deployed);
    }

    private void add(Uids uids) {
        used.add(uids.source());
        used.addAll(uids.sinks().values());
    }

    /** The same uid in the first generation above all in use. */
    String next(String uid) {
        Matcher own = UID.matcher(uid);
        if (!own.matches()) {
            return uid + "-2";
        }
        int highest = used.stream()
                .map(UID::matcher)
                .filter(Matcher::matches)
                .filter(matcher -> matcher.group(1).equals(own.group(1)))
                .mapToInt(matcher -> Integer.parseInt(matcher.group(2)))
                .max()
                .orElse(Integer.parseInt(own.group(2)));
        return own.group(1) + (highest + 1);
    }
}
