/**
 * What to do next: a pure function from spec, observation, memory and time to the next writes and the words for them. No
 * client, no clock, no environment.
 *
 * <p>Each pass: guards (missing definitions, unsupported versions, refused fields, shared groups and topics; a refusal
 * leaves topics and job as they are), topics (create, adopt, change, grow; never shrink, never take over unasked), job.
 * A step is written to status before its first write, and one pass writes or deletes at most one FlinkDeployment.
 *
 * <p>Every change that restarts the job is a handover between two FlinkDeployments, {@code <name>-a} and {@code <name>-b}.
 * The numbers are the same in status, Events and docs/upgrades.md.
 *
 * <ol>
 *   <li>Arm: store the revision, write the order, create the new FlinkDeployment in the free slot. Its job checks itself
 *       and waits. Gate: a verdict of this very job, Fit or Unknown, nothing dropped that is not expected or accepted;
 *       with approval Manual also {@code approvedPlan}; the old job is RUNNING, or suspended already. 1b Drain, when
 *       an explicit set of partitions grows: the new job is told to watch, once producers know the new partitions. Gate: it
 *       reports that the old job has read on.
 *   <li>Stop: suspend the old job with savepoint, nothing else in that write. Gate: suspended, and FKO's snapshot proves
 *       the very savepoint it would resume from.
 *   <li>Go: tell the job that waits, by its id, the savepoint. Gate: it reports that it starts.
 *   <li>Verify: no write. Gate: it has read its first completed checkpoint and found every partition as it should be.
 *   <li>Settle: switch savepoint-on-deletion on, delete the old FlinkDeployment and its handover ConfigMap. The old
 *       savepoint stays in the ledger until the next success.
 * </ol>
 *
 * <ul>
 *   <li>R1 Abort, before the stop took effect: ask a stopping job to run again, delete the new FlinkDeployment and its
 *       handover. The old job did not notice.
 *   <li>R2 Rollback, before the new job has completed a checkpoint: delete the new FlinkDeployment, wait for its pods to
 *       go, look again for a checkpoint, resume the old job, which looks once more. Found: the new revision goes on from it.
 *   <li>P1 Apply, P2 Start, P3 Delete, in place: suspend, resume of the same revision, repair of a job that does not run
 *       (from its last completed checkpoint, else deleted and made again), a FlinkDeployment that is gone.
 * </ul>
 *
 * <p>A first start has no step 2; nothing is given up there, since there is nothing to go back to. Resuming another
 * revision finds step 2 done. Each wait has a limit with a reason of its own. Edits, suspension and a rollback request
 * take a change back before step 2 and wait for its end afterwards. What was taken back is rejected: not tried again by
 * itself. A lost status is made up for by the handover ConfigMaps ({@link io.kafkaflink.operator.plan.LostUpgrade}).
 *
 * <p>Outside of changes: drift of a field of ours is written again; deletion stops jobs with savepoint, then topics with
 * deletionPolicy Delete go, then revisions.
 */
package io.kafkaflink.operator.plan;
