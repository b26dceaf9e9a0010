/** What people do without the operator, on the same stage and under the same load: a yardstick, not a product. */
package io.kafkaflink.rehearsal.control;
