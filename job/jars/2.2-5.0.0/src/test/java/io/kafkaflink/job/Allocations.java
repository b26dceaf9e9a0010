package io.kafkaflink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What this JVM allocates, by the samples of the Flight Recorder. */
final class Allocations implements AutoCloseable {
    private static final String SAMPLE = "jdk.ObjectAllocationSample";
    private static final int NAMED = 4;

    private final Recording recording = new Recording();

    private Allocations() {
        recording.enable(SAMPLE).with("throttle", "1000/s");
        recording.start();
    }

    static Allocations start() {
        return new Allocations();
    }

    /** As in {@code 812 B a record: byte[] 31 %, Row 12 %}. */
    String perRecord(long records, Path folder) throws IOException {
        recording.stop();
        Path file = Files.createTempFile(folder, "allocations", ".jfr");
        recording.dump(file);
        Map<String, Long> bytes = new TreeMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().equals(SAMPLE)) {
                bytes.merge(event.getClass("objectClass").getName(), event.getLong("weight"), Long::sum);
            }
        }
        Files.delete(file);
        long all = bytes.values().stream().mapToLong(Long::longValue).sum();
        return "%,d B a record: %s"
                .formatted(
                        all / records,
                        bytes.entrySet().stream()
                                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                                .limit(NAMED)
                                .map(entry -> name(entry.getKey()) + " " + entry.getValue() * 100 / all + " %")
                                .collect(Collectors.joining(", ")));
    }

    private static String name(String type) {
        return switch (type) {
            case "[B" -> "byte[]";
            case "[C" -> "char[]";
            case "[Ljava.lang.Object;" -> "Object[]";
            default -> type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
        };
    }

    @Override
    public void close() {
        recording.close();
    }
}
