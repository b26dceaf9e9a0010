/**
 * What to do next: a pure function from spec, observation, memory and time to the next writes and the words for them. No
 * client, no clock, no environment.
 *
 * <p>The procedure. Each pass decides at most one step; the step is written to status before its first write.
 *
 * <ol>
 *   <li>Guards: missing definitions, unsupported versions, refused fields, shared groups and topics. Any refusal leaves
 *       topics and job as they are; a job can still be suspended.
 *   <li>Topics: create, adopt, change, grow; never shrink, never take over unasked. The parallelism is known when
 *       every topic is proven.
 *   <li>Job, first start: store the revision, then create the FlinkDeployment (step Apply), wait for RUNNING (Start).
 *   <li>Job, change: one write of the new revision with unchanged uids (step Apply); the Flink operator stops the job
 *       with a savepoint (Stop) and starts it from there (Start).
 *   <li>Job, suspend and resume: state suspended on the deployed revision; state running with the wanted one.
 *   <li>Job, repair of one that does not run: from its last completed checkpoint; without any, the FlinkDeployment is
 *       deleted (Delete) and made again.
 *   <li>Drift: a field of ours with another value is written again.
 *   <li>Deletion: stop with savepoint, then topics with deletionPolicy Delete, then revisions.
 * </ol>
 */
package io.kafkaflink.operator.plan;
