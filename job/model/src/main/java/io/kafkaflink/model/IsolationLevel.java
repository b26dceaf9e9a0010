package io.kafkaflink.model;

/** Which records of transactional producers a source sees. */
public enum IsolationLevel {
    ReadCommitted,
    ReadUncommitted
}
