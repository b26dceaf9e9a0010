package io.kafkaflink.rehearsal.input;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of a web server's access log in combined format, turned into click events with the fields {@code userId},
 * {@code page}, {@code timestamp} (epoch milliseconds), {@code status}, {@code bytes} and {@code bot}.
 *
 * @see <a href="https://httpd.apache.org/docs/current/logs.html#combined">Apache HTTP Server: combined log format</a>
 */
final class AccessLog {
    private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*)\"";
    private static final Pattern COMBINED = Pattern.compile("^(\\S+) \\S+ \\S+ \\[([^\\]]+)\\] " + QUOTED
            + " (\\d{3}) (\\d{1,18}|-) " + QUOTED + " " + QUOTED + "\\s*$");
    private static final Pattern REQUEST = Pattern.compile("^[A-Z]+ (\\S+)(?: HTTP/[0-9.]+)?$");
    private static final Pattern CRAWLER =
            Pattern.compile("bot|crawl|spider|slurp|fetcher|feedburner", Pattern.CASE_INSENSITIVE);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final int USER_ID_BYTES = 6;

    private AccessLog() {}

    /** The click event of one line, or empty when the line is not in combined format. */
    static Optional<ObjectNode> parse(String line) {
        Matcher parts = COMBINED.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Matcher request = REQUEST.matcher(parts.group(3));
        if (!request.matches()) {
            return Optional.empty();
        }
        try {
            ObjectNode event = JsonNodeFactory.instance.objectNode();
            event.put("userId", visitor(parts.group(1), parts.group(7)));
            event.put("page", request.group(1).replaceFirst("[?#].*$", ""));
            event.put(
                    "timestamp",
                    ZonedDateTime.parse(parts.group(2), TIME).toInstant().toEpochMilli());
            event.put("status", Long.parseLong(parts.group(4)));
            event.put("bytes", "-".equals(parts.group(5)) ? 0L : Long.parseLong(parts.group(5)));
            event.put("bot", CRAWLER.matcher(parts.group(7)).find());
            return Optional.of(event);
        } catch (DateTimeException badTime) {
            return Optional.empty();
        }
    }

    /** Address and browser as 12 hex digits, so that no address reaches a topic. */
    private static String visitor(String address, String browser) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((address + '\n' + browser).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, USER_ID_BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
