/** The only writer: carries out planned actions by server-side apply, and writes the status ahead of them. */
package io.kafkaflink.operator.apply;
