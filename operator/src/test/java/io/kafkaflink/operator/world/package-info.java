/** The planner in a simulated world: both foreign operators and Flink as pure doubles, a virtual clock, no threads. */
package io.kafkaflink.operator.world;
