package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.TenantPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what a tenant may use")
class TenantGuardTest {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            -                                                             | -
            {namespaces: [default]}                                       | -
            {namespaces: [other, default], topicPrefixes: [in, out]}      | -
            {namespaces: [other]}                                         | namespace default belongs to no tenant
            {namespaces: [default], topicPrefixes: [i]}                   | spec.sinks[main].kafka.topic.name: found 'out'
            {namespaces: [default], topicPrefixes: [o]}                   | spec.source.kafka.topics[in].name: found 'in'
            {namespaces: [default], topicNamespace: kafka}                | -
            {namespaces: [default], topicNamespace: elsewhere}            | KafkaTopics would be in namespace kafka
            {namespaces: [default], groupPrefixes: [default.]}            | -
            {namespaces: [default], groupPrefixes: [team-a.]}             | spec.source.kafka.groupId: found 'default.p1'
            {namespaces: [default], serviceAccounts: [flink, other]}      | -
            {namespaces: [default], serviceAccounts: [other]}             | spec.flink.serviceAccount: found 'flink'
            """)
    void limits(String tenant, String refused) {
        Scene scene = new Scene().withTopics();
        scene.defaults = withTenant("-".equals(tenant) ? "" : "[" + tenant + "]");

        Plan plan = scene.plan();

        if ("-".equals(refused)) {
            assertThat(plan.refusals()).isEmpty();
        } else {
            assertThat(plan.refusals()).first().satisfies(refusal -> {
                assertThat(refusal.reason()).isEqualTo(Reasons.TENANT_FORBIDDEN);
                assertThat(refusal.message())
                        .contains(refused, "ask the operator's administrator to add", "KAFKAFLINK_TENANTS");
            });
            assertThat(plan.actions()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            topicPattern: in\\..*                    | -
            topicPattern: in\\.a                     | -
            topicPattern: in.*                       | topicPattern: found 'in.*'
            topicPattern: in\\.*                     | topicPattern: found
            'topicPattern: in\\.a|other'               | topicPattern: found
            topicPattern: .*                         | topicPattern: found '.*'
            partitions: [{topic: in.a, partition: 0}] | -
            partitions: [{topic: in.a, partition: 0}, {topic: b, partition: 1}] | partitions: found b-1
            """)
    @DisplayName("a pattern of a tenant can match nothing but its topics")
    void subscriptions(String subscription, String refused) {
        Scene scene = new Scene().withTopics();
        scene.spec = Scene.spec(Scene.SPEC
                .replace("topics: [{name: in, partitions: 2}]", subscription)
                .replace("connectorVersion: 5.0.0", "connectorVersion: 5.0.0, parallelism: 2")
                .replace(subscription.startsWith("partitions") ? ", parallelism: 2" : "nothing", ""));
        scene.defaults = withTenant("[{namespaces: [default], topicPrefixes: [in., out]}]");

        if ("-".equals(refused)) {
            assertThat(scene.plan().refusals()).isEmpty();
        } else {
            assertThat(scene.plan().refusals()).first().satisfies(refusal -> {
                assertThat(refusal.reason()).isEqualTo(Reasons.TENANT_FORBIDDEN);
                assertThat(refusal.message()).contains(refused);
            });
        }
    }

    @Test
    void topicsOfATenantAreDeletedOnlyWithItsLeave() {
        Scene scene = new Scene()
                .withTopics()
                .edit("{name: in, partitions: 2}", "{name: in, partitions: 2, deletionPolicy: Delete}");

        scene.defaults = withTenant("[{namespaces: [default]}]");
        assertThat(scene.plan().refusals()).first().satisfies(refusal -> assertThat(refusal.message())
                .contains("deletionPolicy: found Delete", "allowTopicDelete"));

        scene.defaults = withTenant("[{namespaces: [default], allowTopicDelete: true}]");
        assertThat(scene.plan().refusals()).isEmpty();
    }

    @Test
    void aJobThatRunsIsLeftAlone() {
        Scene scene = new Scene().running();
        scene.defaults = withTenant("[{namespaces: [other]}]");

        Plan plan = scene.plan();

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.job().kind()).isEqualTo(JobPhase.Kind.RUNNING);
    }

    private static OperatorDefaults withTenant(String yaml) {
        OperatorDefaults open = Scene.DEFAULTS;
        return new OperatorDefaults(
                open.images(), open.stateDir(), open.serviceAccount(), open.identityPrefix(), TenantPolicy.parse(yaml));
    }
}
