/** The process: settings, start and stop, health, metrics, Events, logs, leader election. Nothing here decides about pipelines. */
package io.kafkaflink.operator.runtime;
