package io.kafkaflink.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks that every operator has a uid and no two share one: state is found again by nothing else. */
final class UidCheck {
    private final Violations found;
    private final Map<String, String> owners = new HashMap<>();

    private UidCheck(Violations found) {
        this.found = found;
    }

    static void check(JobConfiguration configuration, Violations found) {
        if (found.present("uids", configuration.uids(), "the uids of source and sinks")) {
            new UidCheck(found).uids(configuration);
        }
    }

    private void uids(JobConfiguration configuration) {
        if (found.matches(
                "uids.source", configuration.uids().source(), "^source-[1-9][0-9]{0,8}$", "source-<generation>")) {
            claim("uids.source", configuration.uids().source());
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < configuration.transforms().size(); i++) {
            Transform transform = configuration.transforms().get(i);
            if (transform.id() == null || !ids.add(transform.id())) {
                continue; // reported by the check of the steps
            }
            claim("transforms[" + i + "].id", transform.uid());
            if (transform.window() != null) {
                claim("transforms[" + i + "].id", transform.lateUid());
            }
        }
        sinks(configuration);
    }

    private void sinks(JobConfiguration configuration) {
        Map<String, String> sinks = configuration.uids().sinks();
        TreeSet<String> unused = new TreeSet<>(sinks.keySet());
        for (JobConfiguration.Sink sink : configuration.sinks()) {
            if (sink.name() == null) {
                continue;
            }
            unused.remove(sink.name());
            String path = "uids.sinks[" + sink.name() + "]";
            String shape = "sink-" + sink.name() + "-<generation>";
            String regex = "^sink-" + Pattern.quote(sink.name()) + "-[1-9][0-9]{0,8}$";
            if (found.matches(path, sinks.get(sink.name()), regex, shape)) {
                claim(path, sinks.get(sink.name()));
            }
        }
        unused.forEach(name -> found.add("uids.sinks[" + name + "]", "a uid", "only names of sinks", "remove it"));
    }

    private void claim(String path, String uid) {
        String other = owners.putIfAbsent(uid, path);
        if (other != null && !other.equals(path)) {
            found.add(path, "uid " + uid + ", which " + other + " has too", "a uid for each operator", "rename one");
        }
    }
}
