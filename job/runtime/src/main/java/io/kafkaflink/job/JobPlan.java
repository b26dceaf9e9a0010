package io.kafkaflink.job;

import io.kafkaflink.model.OperatorIds;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * The operators of a stream graph as Flink will name their state, committers included.
 *
 * @param operators in the order of the graph
 */
record JobPlan(List<PlannedOperator> operators) {

    /**
     * One operator: what savepoints call it and what people do.
     *
     * @param generic true when its output can only be serialized by Kryo
     */
    record PlannedOperator(String uid, String operatorId, int parallelism, String name, boolean generic) {}

    static JobPlan of(StreamGraph graph) {
        return new JobPlan(graph.getStreamNodes().stream()
                .sorted(Comparator.comparingInt(StreamNode::getId))
                .map(JobPlan::operator)
                .toList());
    }

    private static PlannedOperator operator(StreamNode node) {
        String uid = node.getTransformationUID();
        return new PlannedOperator(
                uid, OperatorIds.of(uid), node.getParallelism(), node.getOperatorName(), generic(node));
    }

    private static boolean generic(StreamNode node) {
        return node.getTypeSerializerOut() instanceof KryoSerializer<?>;
    }

    List<String> uids() {
        return operators.stream().map(PlannedOperator::uid).toList();
    }

    List<String> genericTypes() {
        return operators.stream()
                .filter(PlannedOperator::generic)
                .map(PlannedOperator::uid)
                .toList();
    }

    /** A table with one line for each operator. */
    String table() {
        String format = "%-40s  %-32s  %11s  %s";
        return String.format(format, "UID", "OPERATOR ID", "PARALLELISM", "NAME")
                + operators.stream()
                        .map(operator -> System.lineSeparator()
                                + String.format(
                                        format,
                                        operator.uid(),
                                        operator.operatorId(),
                                        operator.parallelism(),
                                        operator.name()))
                        .collect(Collectors.joining());
    }
}
