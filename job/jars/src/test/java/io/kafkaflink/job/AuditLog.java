package io.kafkaflink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;

/** What a broker's authorizer decided about one principal, as it wrote it into the broker's log. */
record AuditLog(List<Decision> decisions) {
    private static final Pattern LINE = Pattern.compile("Principal = (\\S+) is (Allowed|Denied) operation = (\\w+)"
            + " from host = \\S+ on resource = (\\w+):\\w+:(\\S+) for request = (\\w+) ");

    /**
     * @param operation as in {@code DESCRIBE_CONFIGS}
     * @param type of the resource, as in {@code TransactionalId}
     * @param request of the client, as in {@code Fetch}
     */
    record Decision(boolean allowed, String operation, String type, String resource, String request) {
        /** The right itself was asked for, and not only Describe, which any right implies. */
        boolean asksFor(AclBinding right) {
            boolean named =
                    switch (right.pattern().patternType()) {
                        case PREFIXED -> resource.startsWith(right.pattern().name());
                        default -> resource.equals(right.pattern().name());
                    };
            return named
                    && operation.equals(right.entry().operation().name())
                    && type.equalsIgnoreCase(
                            right.pattern().resourceType().name().replace("_", ""));
        }
    }

    static AuditLog of(String principal, Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return new AuditLog(lines.map(LINE::matcher)
                    .filter(Matcher::find)
                    .filter(found -> found.group(1).equals(principal))
                    .map(found -> new Decision(
                            found.group(2).equals("Allowed"),
                            found.group(3),
                            found.group(4),
                            found.group(5),
                            found.group(6)))
                    .distinct()
                    .toList());
        }
    }

    List<Decision> denied() {
        return decisions.stream().filter(decision -> !decision.allowed()).toList();
    }

    boolean uses(AclBinding right) {
        return decisions.stream().anyMatch(decision -> decision.allowed() && decision.asksFor(right));
    }
}
