/** What is sent to the broker and what is read back: the replayed events, the numbered records, the committed output. */
package io.kafkaflink.rehearsal.traffic;
