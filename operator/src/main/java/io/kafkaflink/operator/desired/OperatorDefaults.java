package io.kafkaflink.operator.desired;

import java.util.Map;

/**
 * What this operator fills in where the spec is silent, and what it lets a spec use. The former is read only when a
 * pipeline starts for the first time or its spec changes; the result is pinned in the revision.
 *
 * @param images job image by pair of versions
 * @param stateDir folder for state when the spec names none, null to demand one
 * @param serviceAccount of the Flink pods
 * @param identityPrefix put before group ids and transactional ids, so that two Kubernetes clusters can share one Kafka;
 *     may be empty
 * @param tenants what pipelines of a namespace may use
 */
public record OperatorDefaults(
        Map<VersionPair, String> images,
        String stateDir,
        String serviceAccount,
        String identityPrefix,
        TenantPolicy tenants) {

    /** Without limits of tenants. */
    public OperatorDefaults(
            Map<VersionPair, String> images, String stateDir, String serviceAccount, String identityPrefix) {
        this(images, stateDir, serviceAccount, identityPrefix, TenantPolicy.OPEN);
    }

    /** One label: with dots, prefixes of two operators could nest. */
    public static final String IDENTITY_PREFIX_PATTERN = "^([a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)?$";

    public OperatorDefaults {
        images = Map.copyOf(images);
        if (!identityPrefix.matches(IDENTITY_PREFIX_PATTERN)) {
            throw new IllegalArgumentException("identity prefix: found '" + identityPrefix
                    + "'; expected at most 63 letters, digits and '-' without dots, or nothing");
        }
    }

    /** {@code <prefix>.}, or nothing. */
    String identity() {
        return identityPrefix.isEmpty() ? "" : identityPrefix + ".";
    }
}
