package io.kafkaflink.model;

import java.util.function.IntFunction;

/** One node of an expression that is evaluated without the CEL interpreter. */
@FunctionalInterface
interface ExpressionNode {
    /** Stands for CEL's error value: a null field, or an operation on one. */
    Object ERROR = new Object();

    /**
     * @param fields value by position in the schema
     * @return a Boolean, Long, Double or String, or {@link #ERROR}
     */
    Object evaluate(IntFunction<Object> fields);
}
