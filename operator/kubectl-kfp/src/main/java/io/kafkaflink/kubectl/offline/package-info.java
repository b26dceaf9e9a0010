/** Judges pipelines without a cluster, in the words of the API server and of the operator. */
package io.kafkaflink.kubectl.offline;
