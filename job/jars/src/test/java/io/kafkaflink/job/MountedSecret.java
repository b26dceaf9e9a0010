package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Secret as a kubelet mounts it: the folder has links to links to the files, so that all of them change at once.
 *
 * @param folder mount path
 */
record MountedSecret(Path folder) {

    static MountedSecret mount(Path folder, Map<String, String> texts) throws IOException {
        Map<String, byte[]> data = new TreeMap<>();
        texts.forEach((key, text) -> data.put(key, text.getBytes(UTF_8)));
        return mountBytes(folder, data);
    }

    static MountedSecret mountBytes(Path folder, Map<String, byte[]> data) throws IOException {
        Path content = Files.createDirectories(folder.resolve("..2026_12_01"));
        Files.createSymbolicLink(folder.resolve("..data"), content.getFileName());
        for (Map.Entry<String, byte[]> entry : data.entrySet()) {
            Files.write(content.resolve(entry.getKey()), entry.getValue());
            Files.createSymbolicLink(folder.resolve(entry.getKey()), Path.of("..data", entry.getKey()));
        }
        return new MountedSecret(folder);
    }
}
