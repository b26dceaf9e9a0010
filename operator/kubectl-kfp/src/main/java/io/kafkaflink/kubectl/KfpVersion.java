package io.kafkaflink.kubectl;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class KfpVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "kubectl-kfp "
                    + Optional.ofNullable(KfpVersion.class.getPackage().getImplementationVersion())
                            .orElse("development")
        };
    }
}
