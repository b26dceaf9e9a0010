/**
 * Tests of what people install: the chart with real Helm 3 and Helm 4, the manifests of {@code k8s/} on a real API
 * server, the scripts for Argo CD. Nothing here runs a pipeline.
 */
package io.kafkaflink.install;
