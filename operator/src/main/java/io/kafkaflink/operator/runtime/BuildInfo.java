package io.kafkaflink.operator.runtime;

import java.util.Objects;

/** Which build runs, as the jar's manifest says; {@code unknown} when the classes are in no jar. */
record BuildInfo(String version, String commit) {

    static BuildInfo ofThisJar() {
        Package origin = BuildInfo.class.getPackage();
        return new BuildInfo(
                Objects.requireNonNullElse(origin.getImplementationVersion(), "unknown"),
                Objects.requireNonNullElse(origin.getSpecificationVersion(), "unknown"));
    }
}
