package io.kafkaflink.rehearsal.stage;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * The service account of Flink's pods with the role that the Flink Kubernetes Operator's chart binds to it
 * ({@code rbac.jobRole}); without it a job cannot keep its high availability data.
 */
final class FlinkAccount {
    private static final String ROLE = "flink";
    private static final String RBAC = "rbac.authorization.k8s.io";

    private FlinkAccount() {}

    static void create(KubernetesClient client, String namespace, String name) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(ROLE)
                        .withNamespace(namespace)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("pods", "configmaps")
                        .withVerbs("*")
                        .endRule()
                        .addNewRule()
                        .withApiGroups("apps")
                        .withResources("deployments", "deployments/finalizers")
                        .withVerbs("*")
                        .endRule()
                        .build())
                .serverSideApply();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(ROLE)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef(RBAC, "Role", ROLE)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(name)
                        .withNamespace(namespace)
                        .endSubject()
                        .build())
                .serverSideApply();
    }
}
