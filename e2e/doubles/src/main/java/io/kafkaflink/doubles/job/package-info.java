/**
 * What a simulated job does beside its states: it reads numbered records, keeps offsets in checkpoints, commits output, and
 * follows the job's side of a handover as {@link io.kafkaflink.model.handover} describes it. Shares the documents with the
 * real job, none of its code.
 */
package io.kafkaflink.doubles.job;
