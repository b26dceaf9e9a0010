package io.kafkaflink.images;

import io.kafkaflink.images.Image.Layer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in the images of operator and jobs. */
final class ProductImages {
    /** As in the Deployment's security context. */
    private static final String OPERATOR_USER = "10001:10001";
    /** User flink of the official images. */
    private static final String FLINK_USER = "9999:9999";

    private static final String BILL = "/usr/share/sbom/kafkaflink.cdx.json";
    private static final String LICENSE = "/usr/share/licenses/kafkaflink/LICENSE";

    private final Product product;
    private final String tag;

    ProductImages(Product product, String tag) {
        this.product = product;
        this.tag = tag;
    }

    /** Needs a JRE 17 as {@code java} on the path; its root file system may be read-only, {@code /tmp} apart. */
    Image operator(String base) {
        Map<Path, String> libraries = new LinkedHashMap<>();
        product.operatorLibraries().forEach(jar -> libraries.put(jar, "/app/lib/" + jar.getFileName()));
        return new Image(
                "kafkaflink-operator",
                tag,
                base,
                OPERATOR_USER,
                List.of("java", "-jar", "/app/kafkaflink-operator.jar"),
                labels("KafkaFlink operator", "Turns a KafkaFlinkPipeline into a KafkaTopic and a FlinkDeployment"),
                List.of(
                        new Layer("libraries", libraries),
                        about("operator"),
                        new Layer("operator", Map.of(product.operatorJar(), "/app/kafkaflink-operator.jar"))));
    }

    /** Flink's own entry point; the jar is where {@code spec.job.jarURI} of every FlinkDeployment names it. */
    Image job(Product.Job job, String base) {
        Map<String, String> labels =
                labels("KafkaFlink job " + job.pair(), "Flink " + job.flink() + ", Kafka connector " + job.connector());
        labels.put("io.kafkaflink.flink", job.flink());
        labels.put("io.kafkaflink.connector", job.connector());
        return new Image(
                "kafkaflink-job",
                tag + "-" + job.pair(),
                base,
                FLINK_USER,
                List.of(),
                labels,
                List.of(
                        about("job/jars/" + job.pair()),
                        new Layer("job", Map.of(job.jar(), "/opt/flink/usrlib/pipeline-job.jar"))));
    }

    /** For tests on a cluster only; published nowhere. */
    Image rehearsal(String base) {
        Map<Path, String> libraries = new LinkedHashMap<>();
        product.rehearsalLibraries().forEach(jar -> libraries.put(jar, "/app/lib/" + jar.getFileName()));
        return new Image(
                "kafkaflink-rehearsal",
                tag,
                base,
                FLINK_USER,
                List.of("java", "-jar", "/app/rehearsal.jar"),
                labels("KafkaFlink rehearsal", "Sends numbered records through a pipeline and judges what comes out"),
                List.of(
                        new Layer("libraries", libraries),
                        new Layer("rehearsal", Map.of(product.rehearsalJar(), "/app/rehearsal.jar"))));
    }

    private Layer about(String module) {
        return new Layer("about", Map.of(product.bill(module), BILL, product.license(), LICENSE));
    }

    private Map<String, String> labels(String title, String description) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("org.opencontainers.image.title", title);
        labels.put("org.opencontainers.image.description", description);
        labels.put("org.opencontainers.image.version", product.version());
        labels.put("org.opencontainers.image.created", product.created().toString());
        labels.put("org.opencontainers.image.licenses", "Apache-2.0");
        return labels;
    }
}
