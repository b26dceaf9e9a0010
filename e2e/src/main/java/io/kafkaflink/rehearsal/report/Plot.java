package io.kafkaflink.rehearsal.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Coordinates of one picture: seconds to the right, a number upwards. SVG is text here, because the libraries that draw it
 * ask the machine for fonts, which a server may not have.
 *
 * @param title what the number is
 * @param seconds at the right end
 * @param most at the upper end
 */
public record Plot(String title, List<Series> series, int seconds, long most) {
    public static final int WIDTH = 1000;
    public static final int HEIGHT = 220;
    private static final int TICKS = 5;

    /** One line in it; its name is also the class that gives it a colour. */
    public record Series(String name, List<Long> values) {}

    /** A place on an axis with what stands there. */
    public record Tick(String at, String label) {}

    static Plot of(String title, Series... series) {
        List<Series> all = List.of(series);
        return new Plot(
                title,
                all,
                all.stream().mapToInt(each -> each.values().size()).max().orElse(1),
                all.stream().flatMap(each -> each.values().stream()).mapToLong(Long::longValue).max().stream()
                        .map(found -> Math.max(1, found))
                        .findFirst()
                        .orElse(1));
    }

    /** The points of a {@code polyline}. */
    public String points(Series line) {
        return IntStream.range(0, line.values().size())
                .mapToObj(second -> x(second + 0.5) + "," + y(line.values().get(second)))
                .collect(Collectors.joining(" "));
    }

    /** Where a second is. */
    public String x(double second) {
        return number(WIDTH * second / Math.max(1, seconds));
    }

    private String y(double value) {
        return number(HEIGHT - HEIGHT * value / most);
    }

    /** Along the bottom. */
    public List<Tick> times() {
        int step = Math.max(1, (int) (Math.ceil(seconds / (double) TICKS / 10) * 10));
        return IntStream.iterate(0, second -> second <= seconds, second -> second + step)
                .mapToObj(second -> new Tick(x(second), second + " s"))
                .toList();
    }

    /** Along the left side. */
    public List<Tick> values() {
        return IntStream.rangeClosed(0, TICKS)
                .mapToObj(part -> most * part / TICKS)
                .distinct()
                .map(value -> new Tick(y(value), String.format(Locale.ROOT, "%,d", value)))
                .toList();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
