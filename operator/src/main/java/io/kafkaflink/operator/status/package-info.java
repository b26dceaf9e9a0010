/** What is said: facts and plan become conditions, columns, acknowledgements and Events. Pure; the time is given. */
package io.kafkaflink.operator.status;
