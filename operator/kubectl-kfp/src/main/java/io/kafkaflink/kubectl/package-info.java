/**
 * {@code kubectl kfp}: looks at pipelines and asks the operator for something. It reads what the operator reads, plans with
 * the operator's planner, and writes nothing but approvals, requests and the annotation that suspends.
 */
package io.kafkaflink.kubectl;
