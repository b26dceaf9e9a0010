/** What a person sees of a rehearsal: progress while it runs, and one table at its end. */
package io.kafkaflink.rehearsal.report;
