/** What is so: the cluster's objects reduced to records the planner can judge. Only reads, only from caches. */
package io.kafkaflink.operator.observe;
