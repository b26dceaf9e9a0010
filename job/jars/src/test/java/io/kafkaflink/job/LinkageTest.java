package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The job is compiled once, against one line; this holds its class files against the jars of every pair. */
@Tag("every-pair")
class LinkageTest {
    private static final List<String> OTHERS = List.of("org.apache.flink.", "org.apache.kafka.");

    @Test
    @DisplayName("Every class, method and field of Flink and Kafka that the job uses exists in this pair")
    void everythingIsThere() {
        JavaClasses job = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.kafkaflink.job");
        assertThat(job.size()).isGreaterThan(80);
        Set<String> missing = new TreeSet<>();
        int looked = 0;
        for (JavaClass each : job) {
            each.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> others(target.getName()) && !exists(target.getName()))
                    .forEach(target -> missing.add(each.getName() + " needs " + target.getName()));
            for (JavaAccess<?> access : each.getAccessesFromSelf()) {
                if (others(access.getTargetOwner().getName())) {
                    looked++;
                    if (access.getTarget().resolveMember().isEmpty()) {
                        missing.add(
                                each.getName() + " needs " + access.getTarget().getFullName());
                    }
                }
            }
        }
        assertThat(looked).isGreaterThan(300);
        assertThat(missing).isEmpty();
    }

    private static boolean others(String name) {
        // Flink's client of the Kubernetes API is only in images; HandoverIT uses it there.
        return OTHERS.stream().anyMatch(name::startsWith) && !name.startsWith("org.apache.flink.kubernetes.");
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, LinkageTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
