package io.kafkaflink.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Builds images, to a registry or to tar files. Credentials are those of {@code docker login}; nothing is ever asked for
 * or taken from the command line.
 *
 * @param created the same for the same sources
 * @param platforms of a pushed image; a tar holds one
 * @param warnings lines for people
 */
record ImageBuild(Instant created, Set<Platform> platforms, Consumer<String> warnings) {
    static final Platform USUAL = new Platform("amd64", "linux");

    /** Digest of what was written. */
    String toTar(Image image, Path file) throws IOException, InterruptedException {
        try {
            return build(
                    image, Set.of(USUAL), Containerizer.to(TarImage.at(file).named(image.name() + ":" + image.tag())));
        } catch (InvalidImageReferenceException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Digest of what was pushed.
     *
     * @param registry with a path, {@code registry.example/team}
     */
    String push(Image image, String registry) throws IOException, InterruptedException {
        try {
            ImageReference target = ImageReference.parse(registry + "/" + image.name() + ":" + image.tag());
            return build(image, platforms, Containerizer.to(known(target)));
        } catch (InvalidImageReferenceException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** With the credentials of {@code docker login}, if there are any for this registry. */
    private static RegistryImage known(ImageReference reference) throws IOException {
        CredentialRetrieverFactory credentials = CredentialRetrieverFactory.forImage(reference, event -> {});
        return RegistryImage.named(reference)
                .addCredentialRetriever(credentials.dockerConfig())
                .addCredentialRetriever(credentials.wellKnownCredentialHelpers());
    }

    private String build(Image image, Set<Platform> on, Containerizer target) throws IOException, InterruptedException {
        try {
            JibContainerBuilder builder = below(image.base())
                    .setCreationTime(created)
                    .setUser(image.user())
                    .setLabels(image.labels())
                    .setPlatforms(on);
            if (!image.entrypoint().isEmpty()) {
                builder.setEntrypoint(image.entrypoint());
            }
            image.layers().forEach(layer -> builder.addFileEntriesLayer(files(layer)));
            JibContainer built = builder.containerize(target.setToolName("kafkaflink")
                    .setAllowInsecureRegistries(false)
                    .addEventHandler(LogEvent.class, this::warn));
            return built.getDigest().toString();
        } catch (InvalidImageReferenceException | CacheDirectoryCreationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (RegistryException | ExecutionException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw new IOException(
                    image.name() + " on " + image.base() + ": " + cause.getMessage()
                            + ". Check that base and target can be reached, and docker login; --operator-base and"
                            + " --job-base name other bases, tar://FILE among them",
                    cause);
        }
    }

    private static JibContainerBuilder below(String base) throws InvalidImageReferenceException, IOException {
        boolean local = base.startsWith("tar://") || base.equals("scratch");
        return local ? Jib.from(base) : Jib.from(known(ImageReference.parse(base)));
    }

    private static FileEntriesLayer files(Image.Layer layer) {
        FileEntriesLayer.Builder files = FileEntriesLayer.builder().setName(layer.name());
        layer.files().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(file -> files.addEntry(file.getKey(), AbsoluteUnixPath.get(file.getValue())));
        return files.build();
    }

    private void warn(LogEvent event) {
        Optional.of(event)
                .filter(said -> said.getLevel() == LogEvent.Level.WARN || said.getLevel() == LogEvent.Level.ERROR)
                .ifPresent(said -> warnings.accept(said.getMessage()));
    }
}
