/** README and docs against the code: examples, links, files, commands, fields, reasons and names. */
package io.kafkaflink.operator.docs;
