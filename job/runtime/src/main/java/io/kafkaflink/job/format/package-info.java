/** Record values to rows and back. A reader yields the right row or says what is wrong; it never guesses. */
package io.kafkaflink.job.format;
