package io.kafkaflink.operator.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names that the sources of all modules define. */
final class Sources {
    private static final Set<String> OTHERS_KINDS = Set.of(
            "KafkaTopic",
            "FlinkDeployment",
            "FlinkStateSnapshot",
            "ControllerRevision",
            "ConfigMap",
            "CustomResourceDefinition",
            "ServiceAccount",
            "ClusterRole",
            "RollingUpdate");

    private static final Set<String> TYPES = collectTypes();

    private Sources() {}

    /** Simple names of the classes in the repository. */
    static Set<String> types() {
        return TYPES;
    }

    /** Kinds of Kubernetes, Strimzi and the Flink Kubernetes Operator. */
    static Set<String> foreignTypes() {
        return OTHERS_KINDS;
    }

    /** Reasons of Events that stand in no condition, and kinds of changes. */
    static Set<String> eventReasons() {
        Set<String> reasons = new TreeSet<>();
        Pattern.compile("Note\\.(?:normal|warning)\\(\\s*\"(\\w+)\"")
                .matcher(text("status/Notes.java"))
                .results()
                .forEach(found -> reasons.add(found.group(1)));
        Pattern.compile("(?m)^ {4}(\\w+)[,;]?$")
                .matcher(text("plan/ChangeKind.java"))
                .results()
                .forEach(found -> reasons.add(found.group(1)));
        return reasons;
    }

    /** Annotations, labels, the finalizer and environment variables. */
    static Set<String> identifiers() {
        Set<String> identifiers = new TreeSet<>();
        String texts = text("desired/Annotations.java")
                + text("desired/Labels.java")
                + text("reconcile/PipelineReconciler.java");
        Pattern.compile("kafkaflink\\.io/[a-z-]+")
                .matcher(texts)
                .results()
                .forEach(found -> identifiers.add(found.group()));
        Pattern.compile("(?m)^ {4}([A-Z_]+)\\(")
                .matcher(text("runtime/Setting.java"))
                .results()
                .forEach(found -> identifiers.add("KAFKAFLINK_" + found.group(1)));
        return identifiers;
    }

    private static String text(String file) {
        try {
            return Files.readString(
                    Path.of("src/main/java/io/kafkaflink/operator").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> collectTypes() {
        Set<String> types = new TreeSet<>();
        try {
            for (String module : List.of("operator", "job", "e2e")) {
                Files.walkFileTree(MarkdownPage.ROOT.resolve(module), new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                        return folder.endsWith("target") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        String name = file.getFileName().toString();
                        if (name.endsWith(".java")) {
                            types.add(name.substring(0, name.length() - ".java".length()));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return types;
    }
}
