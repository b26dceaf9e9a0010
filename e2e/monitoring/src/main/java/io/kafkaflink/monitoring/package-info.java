/** The real Prometheus for tests, and what the chart's dashboards ask it. */
package io.kafkaflink.monitoring;
