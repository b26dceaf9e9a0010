/**
 * What must come out of a pipeline, computed from what went in, and how it compares with what did. Pure, and
 * independent of the job: no class of the job or the operator is used here.
 */
package io.kafkaflink.rehearsal.check;
