package io.kafkaflink.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RightTest {
    private static final Path BASE = Path.of("../k8s/base");

    @Test
    @DisplayName("the self-check asks for exactly the rights of the shipped roles")
    void asShipped() throws IOException {
        assertThat(asked(Right.ofPipelines())).isEqualTo(shipped("role-pipelines.yaml"));
        assertThat(asked(Right.ofTopics())).isEqualTo(shipped("role-topics.yaml"));
        assertThat(asked(List.of(Right.OF_LEASES))).isEqualTo(shipped("role-leader-election.yaml"));
    }

    private static Collection<String> asked(List<Right> rights) {
        Collection<String> asked = new TreeSet<>();
        rights.forEach(
                right -> right.verbs().forEach(verb -> asked.add(right.group() + " " + right.resource() + " " + verb)));
        return asked;
    }

    private static Collection<String> shipped(String file) throws IOException {
        Collection<String> shipped = new TreeSet<>();
        List<HasMetadata> objects = new KubernetesSerialization().unmarshal(Files.newInputStream(BASE.resolve(file)));
        objects.stream().flatMap(RightTest::rules).forEach(rule -> rule.getApiGroups()
                .forEach(group -> rule.getResources().forEach(resource -> rule.getVerbs()
                        .forEach(verb -> shipped.add(group + " " + resource + " " + verb)))));
        return shipped;
    }

    private static Stream<PolicyRule> rules(HasMetadata object) {
        if (object instanceof ClusterRole role) {
            return role.getRules().stream();
        }
        return object instanceof Role role ? role.getRules().stream() : Stream.empty();
    }
}
