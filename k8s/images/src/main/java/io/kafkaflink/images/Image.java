package io.kafkaflink.images;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One image, before it is built.
 *
 * @param name repository without registry, {@code kafkaflink-operator}
 * @param tag of the image
 * @param base reference of the image below: {@code registry/name:tag}, {@code name@sha256:...}, {@code tar://FILE} or
 *     {@code scratch}
 * @param user numeric, {@code uid:gid}
 * @param entrypoint empty for that of the base
 * @param labels OCI annotations and ours
 * @param layers from the one that changes least to the one that changes most
 */
record Image(
        String name,
        String tag,
        String base,
        String user,
        List<String> entrypoint,
        Map<String, String> labels,
        List<Layer> layers) {
    Image {
        entrypoint = List.copyOf(entrypoint);
        labels = Map.copyOf(labels);
        layers = List.copyOf(layers);
    }

    /**
     * Files that come together.
     *
     * @param files absolute path in the image by file here
     */
    record Layer(String name, Map<Path, String> files) {
        Layer {
            files = Map.copyOf(files);
        }
    }
}
