package io.kafkaflink.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the build has packaged below a checkout.
 *
 * @param root folder of the checkout
 * @param bills folder below which each module has its bill of materials
 * @param settings see {@code images.properties}
 */
record Product(Path root, Path bills, Properties settings) {
    private static final Pattern JOB = Pattern.compile("pipeline-job-([0-9.]+)-([0-9.]+)\\.jar");

    static Product in(Path root) {
        Properties settings = new Properties();
        try (InputStream in = Product.class.getResourceAsStream("/images.properties")) {
            settings.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path checkout = root.toAbsolutePath().normalize();
        return new Product(checkout, checkout, settings);
    }

    /**
     * A job jar.
     *
     * @param flink line, {@code 2.2}
     * @param connector version, {@code 5.0.0}
     */
    record Job(Path jar, String flink, String connector) {
        String pair() {
            return flink + "-" + connector;
        }
    }

    String version() {
        return settings.getProperty("version");
    }

    Instant created() {
        return Instant.parse(settings.getProperty("created"));
    }

    String operatorBase() {
        return settings.getProperty("base.operator");
    }

    String jobBase(String flink) {
        return settings.getProperty("base.job." + flink);
    }

    String rehearsalBase() {
        return settings.getProperty("base.rehearsal");
    }

    Path rehearsalJar() {
        return existing(root.resolve("e2e/target/rehearsal.jar"));
    }

    /** Everything on the rehearsal's class path but its own jar, by name. */
    List<Path> rehearsalLibraries() {
        return list(existing(root.resolve("e2e/target/lib")));
    }

    Path operatorJar() {
        return existing(root.resolve("operator/target/kafkaflink-operator.jar"));
    }

    /** Everything on the operator's class path but its own jar, by name. */
    List<Path> operatorLibraries() {
        return list(existing(root.resolve("operator/target/lib")));
    }

    /** All pairs, by name. */
    List<Job> jobs() {
        List<Job> jobs = list(existing(root.resolve("job/jars/target"))).stream()
                .flatMap(jar -> job(jar).stream())
                .toList();
        if (jobs.isEmpty()) {
            throw notBuilt(root.resolve("job/jars/target/pipeline-job-*.jar"));
        }
        return jobs;
    }

    private static Optional<Job> job(Path jar) {
        Matcher name = JOB.matcher(jar.getFileName().toString());
        return name.matches() ? Optional.of(new Job(jar, name.group(1), name.group(2))) : Optional.empty();
    }

    /** The bill of materials of a module, in CycloneDX. */
    Path bill(String module) {
        return existing(bills.resolve(module).resolve("target/bom.json"));
    }

    Path license() {
        return existing(root.resolve("LICENSE"));
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw notBuilt(path);
        }
        return path;
    }

    private static IllegalStateException notBuilt(Path path) {
        return new IllegalStateException(path + " is not there; expected what the build packages. Run make images, or"
                + " mvn -Pimages package -DskipTests first");
    }
}
