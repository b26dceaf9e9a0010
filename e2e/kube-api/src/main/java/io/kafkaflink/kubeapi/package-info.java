/**
 * A Kubernetes API server for tests and for the rehearsal: its binaries (cached, downloaded or built), one running
 * server with clients and kubeconfigs, and an in-memory fallback that says what it cannot do.
 */
package io.kafkaflink.kubeapi;
