package io.kafkaflink.kubeapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class needs a real API server: one is started for the whole test JVM and stopped at its end. Test methods
 * and constructors may take a {@link KubeApi}, an administrator's {@code KubernetesClient} (not to be closed) and a
 * {@link TestNamespace}. Where no binaries can be had, the class is skipped with the exact reason.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(KubeApiExtension.class)
public @interface RequiresKubeApi {}
