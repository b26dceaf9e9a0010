package io.kafkaflink.kubeapi;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Behind {@link RequiresKubeApi}: one API server a test JVM, which ends with it. JUnit's root store would end it with
 * every class where Surefire hands the classes of a module to several JVMs one by one.
 */
public final class KubeApiExtension implements ExecutionCondition, ParameterResolver {

    private static final Namespace STORE = Namespace.create(KubeApiExtension.class);
    private static final Set<Class<?>> PARAMETERS = Set.of(KubeApi.class, KubernetesClient.class, TestNamespace.class);

    private static KubeApi shared;

    private final Supplier<KubeApiBinaries.Result> binaries;

    public KubeApiExtension() {
        this(() -> Standard.BINARIES);
    }

    KubeApiExtension(KubeApiBinaries binaries) {
        this(binaries::prepare);
    }

    private KubeApiExtension(Supplier<KubeApiBinaries.Result> binaries) {
        this.binaries = binaries;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return binaries.get() instanceof KubeApiBinaries.Unavailable unavailable
                ? ConditionEvaluationResult.disabled(unavailable.reason())
                : ConditionEvaluationResult.enabled("Kubernetes API server binaries are there");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        KubeApi api = api();
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

    /** The one API server; its own shutdown hook ends it. */
    private KubeApi api() {
        synchronized (KubeApiExtension.class) {
            if (shared == null) {
                shared = KubeApi.start(binaries.get().orThrow());
            }
            return shared;
        }
    }

    /** Asked once, or every class of a machine without binaries would try the download and the build again. */
    private static final class Standard {
        static final KubeApiBinaries.Result BINARIES =
                KubeApiBinaries.standard().prepare();
    }
}
