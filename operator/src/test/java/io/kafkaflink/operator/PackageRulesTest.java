package io.kafkaflink.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Arrows between packages only point to the left, and deciding is pure. */
@AnalyzeClasses(packages = "io.kafkaflink.operator", importOptions = DoNotIncludeTests.class)
class PackageRulesTest {

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("api")
            .definedBy("..operator.api..")
            .layer("desired")
            .definedBy("..operator.desired..")
            .layer("observe")
            .definedBy("..operator.observe..")
            .layer("plan")
            .definedBy("..operator.plan..")
            .layer("status")
            .definedBy("..operator.status..")
            .layer("apply")
            .definedBy("..operator.apply..")
            .layer("reconcile")
            .definedBy("..operator.reconcile..")
            .layer("runtime")
            .definedBy("..operator.runtime..")
            .whereLayer("runtime")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("reconcile")
            .mayOnlyBeAccessedByLayers("runtime")
            .whereLayer("apply")
            .mayOnlyBeAccessedByLayers("reconcile", "runtime")
            .whereLayer("status")
            .mayOnlyBeAccessedByLayers("apply", "reconcile", "runtime")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("status", "apply", "reconcile", "runtime")
            .whereLayer("observe")
            .mayOnlyBeAccessedByLayers("plan", "status", "apply", "reconcile", "runtime")
            .whereLayer("desired")
            .mayOnlyAccessLayers("api");

    @ArchTest
    static final ArchRule PURE = noClasses()
            .that()
            .resideInAnyPackage("..operator.plan..", "..operator.desired..", "..operator.status..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8.kubernetes.client.dsl..",
                    "io.fabric8.kubernetes.client.informers..",
                    "io.javaoperatorsdk..",
                    "org.slf4j..",
                    "java.nio.file..",
                    "java.net..")
            .because("decisions are functions from values to values");

    @ArchTest
    static final ArchRule NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(
                    "..operator.plan..", "..operator.desired..", "..operator.status..", "..operator.observe..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("time and environment are given");

    @ArchTest
    static final ArchRule RECORDS_OF_DECISIONS =
            classes().that().haveSimpleNameEndingWith("Decision").should().beRecords();
}
