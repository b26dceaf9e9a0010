package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NamesTest {
    private static final PipelineId LONGEST = new PipelineId("n".repeat(63), "p".repeat(40), "uid");
    private static final String FLINK_OPERATOR_NAME = "[a-z]([-a-z\\d]{0,43}[a-z\\d])?";

    @Example
    void deploymentsFitUnderTheLimitOfTheFlinkOperator() {
        for (Slot slot : Slot.values()) {
            assertThat(slot.deploymentName(LONGEST)).hasSize(42).matches(FLINK_OPERATOR_NAME);
            assertThat(Slot.of(LONGEST, slot.deploymentName(LONGEST))).contains(slot);
            assertThat(slot.other().other()).isEqualTo(slot).isNotEqualTo(slot.other());
        }
        assertThat(Slot.of(LONGEST, LONGEST.name() + "-c")).isEmpty();
        assertThat(Slot.of(LONGEST, LONGEST.name())).isEmpty();
    }

    @Example
    void namesThatFlinkDerivesFitIntoAResourceName() {
        String jobId = "0123456789abcdef0123456789abcdef";
        assertThat(Slot.A.deploymentName(LONGEST) + "-" + jobId + "-config-map").hasSizeLessThanOrEqualTo(253);
        assertThat(Slot.A.deploymentName(LONGEST) + "-cluster-config-map").hasSizeLessThanOrEqualTo(253);
        // Services and their labels are limited to 63.
        assertThat(Slot.A.deploymentName(LONGEST) + "-rest").hasSizeLessThanOrEqualTo(63);
        assertThat(Names.revision(LONGEST, "0123456789")).hasSize(49).endsWith("-01234567");
    }

    @Example
    void labelsAreValid() {
        Map<String, String> labels = Labels.of(LONGEST);
        assertThat(labels.values())
                .allSatisfy(value -> assertThat(value).matches("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"));
        assertThat(Labels.pipelineOf(labels)).contains(LONGEST.qualifiedName());
        assertThat(Labels.pipelineOf(null)).isEmpty();
        assertThat(Labels.pipelineOf(Map.of(Labels.PIPELINE, "p", Labels.PIPELINE_NAMESPACE, "n")))
                .as("somebody else's")
                .isEmpty();
    }

    @Property
    void everyTopicHasAResourceName(@ForAll("topicNames") String topic) {
        assertThat(Names.topicResource(topic))
                .hasSizeLessThanOrEqualTo(253)
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    }

    @Property
    void differentTopicsHaveDifferentResources(@ForAll("topicNames") String one, @ForAll("topicNames") String other) {
        Assume.that(!one.equals(other));
        assertThat(Names.topicResource(one)).isNotEqualTo(Names.topicResource(other));
        Assume.that(!one.equals(one.toUpperCase(Locale.ROOT)));
        assertThat(Names.topicResource(one)).isNotEqualTo(Names.topicResource(one.toUpperCase(Locale.ROOT)));
    }

    @Property
    void namesThatKubernetesAdmitsStay(@ForAll("resourceNames") String topic) {
        assertThat(Names.topicResource(topic)).isEqualTo(topic);
    }

    @Property
    void transactionalIdsOfTwoSinksNeverNest(
            @ForAll("sinkOwners") PipelineId one,
            @ForAll("sinkOwners") PipelineId other,
            @ForAll("shortNames") String sink,
            @ForAll("shortNames") String otherSink) {
        Assume.that(!one.equals(other) || !sink.equals(otherSink));
        OperatorDefaults defaults = new OperatorDefaults(Map.of(), null, "flink", "eu-1");
        String prefix = TransactionalIdPrefixes.of(one, sink, defaults);
        assertThat(prefix).startsWith("eu-1.").endsWith(".");
        assertThat(TransactionalIdPrefixes.of(other, otherSink, defaults)).doesNotStartWith(prefix);
    }

    @Provide
    Arbitrary<String> topicNames() {
        return Arbitraries.strings()
                .withChars("aBz09._-")
                .ofMinLength(1)
                .ofMaxLength(249)
                .edgeCases(edges -> edges.add("_", "-", "..x", "A", "a".repeat(249), "Z".repeat(249)));
    }

    @Provide
    Arbitrary<String> resourceNames() {
        return Arbitraries.of("clicks", "a", "0", "orders.eu", "page-views", "a".repeat(249));
    }

    @Provide
    Arbitrary<PipelineId> sinkOwners() {
        return shortNames().tuple2().map(names -> new PipelineId(names.get1(), names.get2(), "uid"));
    }

    @Provide
    Arbitrary<String> shortNames() {
        return Arbitraries.strings()
                .withChars("ab-")
                .ofMinLength(0)
                .ofMaxLength(2)
                .map(middle -> "a" + middle + "b");
    }
}
