package io.kafkaflink.job.handover;

import java.util.Optional;

/**
 * An operator in a savepoint.
 *
 * @param operatorId 32 hex digits
 * @param uid where the savepoint names it
 * @param hasState whether anything would be lost without it
 */
public record SavedOperator(String operatorId, Optional<String> uid, int maxParallelism, boolean hasState) {}
