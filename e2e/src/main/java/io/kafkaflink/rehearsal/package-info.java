/**
 * The whole system on one machine: a pipeline is applied, loaded with records, changed in every way, and what came out
 * is compared with what went in. Start reading at {@link io.kafkaflink.rehearsal.Scenario}.
 */
package io.kafkaflink.rehearsal;
