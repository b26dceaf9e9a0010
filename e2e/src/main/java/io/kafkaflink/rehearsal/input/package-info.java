/**
 * The events a rehearsal replays: JSON lines or an access log in combined format, read into JSON objects in the order of
 * the file.
 */
package io.kafkaflink.rehearsal.input;
