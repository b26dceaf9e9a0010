package io.kafkaflink.operator.desired;

/**
 * Which step of which upgrade wrote a FlinkDeployment last. It stands there as annotations, so that an operator that has
 * lost its status, or no longer leads, sees how far another one went.
 *
 * @param upgradeId as in {@code status.upgrade.id}
 * @param step as in {@code status.upgrade.step}
 */
public record UpgradeMark(String upgradeId, String step) {}
