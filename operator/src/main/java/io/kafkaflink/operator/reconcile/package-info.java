/** One pass over one pipeline: observe, plan, report, apply; the caches it reads from and what triggers it. */
package io.kafkaflink.operator.reconcile;
