/**
 * Double of the Flink Kubernetes Operator 1.15.0 in native application mode, as recorded (sequences 01 to 19, 29 to 40).
 *
 * <p>{@link io.kafkaflink.doubles.flink.FlinkOperatorRules} is pure: (FlinkDeployment, runtime facts, memory, now) to
 * (ordered effects, memory, when to look again). One call is one piece of a reconciliation pass: a pass observes,
 * writes status if that changed something, validates, reconciles, writes status again, now with the condition. Blocking
 * calls of the real operator (stop with savepoint, waiting for the JobManager to be gone) end a piece; the phase in
 * {@link io.kafkaflink.doubles.flink.Memory} says how to go on. {@link io.kafkaflink.doubles.flink.FlinkReconciler}
 * steps the rules over ports without threads, {@link io.kafkaflink.doubles.flink.FlinkOperator} runs them on a real API
 * server.
 *
 * <p>Order of states and fields is the recorded one. Waits that are nothing but waiting (reconcile interval 15 s,
 * progress check 5 s, REST-ready delay 10 s, REST time-out 10 s, rate limit 5 in 15 s) are settings and may be scaled;
 * {@link io.kafkaflink.doubles.flink.FlinkOperatorSettings#rehearsal()} does. Not reproduced: the JobManager's end
 * after {@code jm-deployment.shutdown-ttl} (one day).
 */
package io.kafkaflink.doubles.flink;
