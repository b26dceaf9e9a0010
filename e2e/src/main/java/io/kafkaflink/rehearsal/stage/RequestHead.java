package io.kafkaflink.rehearsal.stage;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Request line and headers of HTTP/1.1 (RFC 9112), and how long the body is.
 *
 * @param bytes as received
 * @param line method and path
 * @param headers by lower-case name
 */
record RequestHead(byte[] bytes, String line, Map<String, String> headers) {
    private static final int LONGEST = 64 * 1024;
    private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Pattern NO_PIPELINE = Pattern.compile(
            ".*/apis/(coordination|authorization|authentication|events)\\.k8s\\.io/.*|.*/events([/?].*)?");

    /** The next request; empty when the client has no more. */
    static Optional<RequestHead> read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2) {
            int next = in.read();
            if (next < 0 || bytes.size() > LONGEST) {
                return Optional.empty();
            }
            bytes.write(next);
            ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
        }
        String[] lines = bytes.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(":", 2);
            headers.put(header[0].strip().toLowerCase(Locale.ROOT), header.length > 1 ? header[1].strip() : "");
        }
        return Optional.of(new RequestHead(bytes.toByteArray(), lines[0].replaceFirst(" HTTP/1.1$", ""), headers));
    }

    /** Changes something of a pipeline, its children or their status. */
    boolean isWrite() {
        String[] words = line.split(" ", 2);
        return WRITING.contains(words[0]) && !NO_PIPELINE.matcher(words[1]).matches();
    }

    /** What follows is no HTTP any more: a watch as web socket. */
    boolean upgrades() {
        return "websocket".equalsIgnoreCase(headers.get("upgrade"));
    }

    /** Copies the body of this request. */
    void copyBody(InputStream in, OutputStream out) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            long size;
            do {
                String length = line(in, out);
                size = Long.parseLong(length.split(";")[0].strip(), 16);
                copy(in, out, size);
                line(in, out);
            } while (size > 0);
        } else {
            copy(in, out, Long.parseLong(headers.getOrDefault("content-length", "0")));
        }
    }

    private static void copy(InputStream in, OutputStream out, long size) throws IOException {
        for (long left = size; left > 0; ) {
            byte[] part = in.readNBytes((int) Math.min(left, LONGEST));
            if (part.length == 0) {
                throw new EOFException("a request ended in its body");
            }
            out.write(part);
            left -= part.length;
        }
    }

    private static String line(InputStream in, OutputStream out) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        do {
            next = in.read();
            if (next < 0) {
                throw new EOFException("a request ended in its body");
            }
            out.write(next);
            line.write(next);
        } while (next != '\n');
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
