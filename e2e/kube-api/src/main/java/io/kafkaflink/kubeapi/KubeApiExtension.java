package io.kafkaflink.kubeapi;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Behind {@link RequiresKubeApi}: one API server a test JVM, kept in JUnit's root store, which closes it. */
public final class KubeApiExtension implements ExecutionCondition, ParameterResolver {

    private static final Namespace STORE = Namespace.create(KubeApiExtension.class);
    private static final Set<Class<?>> PARAMETERS = Set.of(KubeApi.class, KubernetesClient.class, TestNamespace.class);

    private final KubeApiBinaries binaries;

    public KubeApiExtension() {
        this(KubeApiBinaries.standard());
    }

    KubeApiExtension(KubeApiBinaries binaries) {
        this.binaries = binaries;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return binaries(context) instanceof KubeApiBinaries.Unavailable unavailable
                ? ConditionEvaluationResult.disabled(unavailable.reason())
                : ConditionEvaluationResult.enabled("Kubernetes API server binaries are there");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        KubeApi api = api(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == KubeApi.class) {
            return api;
        }
        if (type == KubernetesClient.class) {
            return api.client();
        }
        return namespace(context, api);
    }

    /** One namespace a test method, or one a class where a constructor or a before-all method asks for it. */
    private static TestNamespace namespace(ExtensionContext context, KubeApi api) {
        String hint = context.getRequiredTestClass().getSimpleName();
        return context.getStore(STORE)
                .computeIfAbsent(
                        TestNamespace.class, key -> TestNamespace.create(api.client(), hint), TestNamespace.class);
    }

    private KubeApi api(ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(
                        KubeApi.class, key -> KubeApi.start(binaries(context).orThrow()), KubeApi.class);
    }

    /** Kept too, or every class of a machine without binaries would try the download and the build again. */
    private KubeApiBinaries.Result binaries(ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent(KubeApiBinaries.Result.class, key -> binaries.prepare(), KubeApiBinaries.Result.class);
    }
}
