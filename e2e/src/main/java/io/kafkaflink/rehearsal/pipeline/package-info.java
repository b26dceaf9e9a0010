/**
 * The pipeline under rehearsal as the user's YAML says it: read without any class of the operator or the job, so that
 * what is expected of a pipeline does not come from the code under test.
 */
package io.kafkaflink.rehearsal.pipeline;
