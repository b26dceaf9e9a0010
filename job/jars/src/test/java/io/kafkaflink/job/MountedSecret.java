package io.kafkaflink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Secret as a kubelet mounts it: the folder has links to links to the files, so that all of them change at once.
 *
 * @param folder mount path
 */
record MountedSecret(Path folder) {

    static MountedSecret mount(Path folder, Map<String, String> data) throws IOException {
        Path content = Files.createDirectories(folder.resolve("..2026_12_01"));
        Files.createSymbolicLink(folder.resolve("..data"), content.getFileName());
        for (Map.Entry<String, String> entry : data.entrySet()) {
            Files.writeString(content.resolve(entry.getKey()), entry.getValue());
            Files.createSymbolicLink(folder.resolve(entry.getKey()), Path.of("..data", entry.getKey()));
        }
        return new MountedSecret(folder);
    }

    /** How a client property refers to a key of it. */
    String reference(String key) {
        return "${dir:" + folder + ":" + key + "}";
    }

    /** What a client needs to follow such references. */
    Map<String, String> provider() {
        return Map.of(
                "config.providers", "dir",
                "config.providers.dir.class", "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
                "config.providers.dir.param.allowed.paths", folder.toString());
    }
}
