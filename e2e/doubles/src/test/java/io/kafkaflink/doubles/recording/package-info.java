/** Recordings of the real operators, condensed to what a double has to repeat. */
package io.kafkaflink.doubles.recording;
