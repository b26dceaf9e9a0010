/**
 * The words a pipeline is described in: sources, transforms, sinks and their uids, shared by the custom resource and
 * the Flink job. Nothing here knows Flink or Kubernetes.
 */
package io.kafkaflink.model;
