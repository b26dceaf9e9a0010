/**
 * Writes the CRD and its reference page from the records of the custom resource, in the form in which the API server
 * stores it, so that GitOps tools see no difference.
 */
package io.kafkaflink.operator.crd;
