package io.kafkaflink.job;

import io.kafkaflink.model.InvalidJobConfiguration;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfigurationCheck;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.model.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the mounted job configuration and refuses one that is not what the operator wrote, or cannot run. */
final class ConfigurationFile {
    /** A ConfigMap holds at most 1 MiB. */
    private static final long LARGEST = 1 << 20;

    private ConfigurationFile() {}

    /** @param expectedHash SHA-256 of the file: a JobManager restart must never run another configuration unnoticed */
    static JobConfiguration read(Path file, String expectedHash) {
        byte[] yaml = bytes(file);
        String hash = JobConfigurationYaml.sha256(yaml);
        if (!hash.equals(expectedHash)) {
            throw new JobRefused("Job configuration " + file + ": found SHA-256 " + hash + ", expected " + expectedHash
                    + " (--config-hash); mount the file that belongs to these arguments");
        }
        JobConfiguration configuration = parse(file, yaml);
        List<Violation> violations = JobConfigurationCheck.violations(configuration);
        if (!violations.isEmpty()) {
            throw new JobRefused("Job configuration " + file + ": "
                    + violations.stream().map(Violation::message).collect(Collectors.joining("; also ")));
        }
        return configuration;
    }

    private static JobConfiguration parse(Path file, byte[] yaml) {
        try {
            return JobConfigurationYaml.read(yaml);
        } catch (InvalidJobConfiguration e) {
            throw new JobRefused(
                    "Job configuration " + file + ": " + e.getMessage().replaceFirst("^job configuration: ", ""));
        }
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new JobRefused("Job configuration " + file + ": found " + Files.size(file)
                        + " bytes, expected at most " + LARGEST);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new JobRefused("Job configuration " + file + " does not exist; mount it or correct --config");
        } catch (IOException e) {
            throw new JobRefused("Job configuration " + file + " cannot be read: " + e);
        }
    }
}
