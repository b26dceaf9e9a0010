/**
 * Doubles of the two operators that a pipeline depends on. They follow what was recorded from the real ones and know
 * nothing of the operator under test.
 */
package io.kafkaflink.doubles;
