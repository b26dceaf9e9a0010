package io.kafkaflink.images;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code make images}. */
@Command(
        name = "images",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Builds the images of the operator and of every job, to tar files or to a registry.")
final class ImagesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--project", paramLabel = "DIR", defaultValue = ".", description = "The checkout (default: here).")
    private Path project;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder for tar files, as docker load and ctr import read them (default:"
                    + " k8s/images/target/images).")
    private Path folder;

    @Option(
            names = "--push",
            paramLabel = "REGISTRY",
            description = "Registry with a path, as registry.example/team, instead of tar files. Credentials are those"
                    + " of docker login.")
    private String registry;

    @Option(names = "--tag", paramLabel = "TAG", description = "Default: the version of the product.")
    private String tag;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            split = ",",
            defaultValue = "linux/amd64",
            description = "Of pushed images (default: ${DEFAULT-VALUE}).")
    private List<String> platforms;

    @Option(names = "--operator-base", paramLabel = "IMAGE", description = "An image with Java 17 or newer.")
    private String operatorBase;

    @Option(
            names = "--job-base",
            paramLabel = "FLINK=IMAGE",
            split = ",",
            description = "An image of Flink of that line, as 2.2=registry.example/flink:2.2.1.")
    private Map<String, String> jobBases = Map.of();

    @Option(
            names = "--flink",
            paramLabel = "LINE",
            split = ",",
            description = "Only jobs of these Flink lines, as 2.2 (default: all).")
    private List<String> flinkLines = List.of();

    @Option(names = "--rehearsal", description = "Also the image that make e2e sends and judges records with.")
    private boolean rehearsal;

    @Option(
            names = "--rehearsal-base",
            paramLabel = "IMAGE",
            description = "The same, on this image with Java 17 or newer and touch.")
    private String rehearsalBase;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ImagesCommand()).setExecutionExceptionHandler((failure, line, result) -> {
            line.getErr().println("images: " + failure.getMessage());
            return 1;
        });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Product product = Product.in(project);
        ImageBuild build = new ImageBuild(product.created(), platforms(), line -> out.println("  " + line));
        for (Image image : images(product)) {
            out.println(image.name() + ":" + image.tag() + " on " + image.base() + " ...");
            out.flush();
            out.println("  " + (registry == null ? tar(product, build, image) : pushed(build, image)));
        }
        out.flush();
        return 0;
    }

    private List<Image> images(Product product) {
        ProductImages all = new ProductImages(product, tag == null ? product.version() : tag);
        List<Image> images = new ArrayList<>();
        images.add(all.operator(operatorBase == null ? product.operatorBase() : operatorBase));
        product.jobs().stream()
                .filter(job -> flinkLines.isEmpty() || flinkLines.contains(job.flink()))
                .map(job -> all.job(job, jobBases.getOrDefault(job.flink(), product.jobBase(job.flink()))))
                .forEach(images::add);
        if (rehearsal || rehearsalBase != null) {
            images.add(all.rehearsal(rehearsalBase == null ? product.rehearsalBase() : rehearsalBase));
        }
        return images;
    }

    private String tar(Product product, ImageBuild build, Image image) throws IOException, InterruptedException {
        Path to = folder == null ? product.root().resolve("k8s/images/target/images") : folder;
        Path file = Files.createDirectories(to).resolve(image.name() + "-" + image.tag() + ".tar");
        return file + " " + build.toTar(image, file);
    }

    private String pushed(ImageBuild build, Image image) throws IOException, InterruptedException {
        return registry + "/" + image.name() + "@" + build.push(image, registry);
    }

    private Set<Platform> platforms() {
        Set<Platform> all = new LinkedHashSet<>();
        for (String platform : platforms) {
            String[] parts = platform.split("/");
            if (parts.length != 2) {
                throw new ParameterException(
                        spec.commandLine(), "--platform is '" + platform + "'; expected OS/ARCH, as linux/amd64");
            }
            all.add(new Platform(parts[1], parts[0]));
        }
        return all;
    }
}
