package io.kafkaflink.job.step;

import io.kafkaflink.job.JobRefused;
import io.kafkaflink.model.FunctionStep;
import io.kafkaflink.model.Transform;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.InstantiationUtil;

/** A function of the user's, made by its name: an armed job finds out that it cannot be used before the old one is stopped. */
final class UserFunction {
    private final String stepId;
    private final FunctionStep step;

    UserFunction(Transform transform) {
        stepId = transform.id();
        step = transform.custom();
    }

    /** @throws JobRefused with what is wrong and where the class belongs */
    @SuppressWarnings("unchecked")
    KeyedProcessFunction<String, Row, Row> keyed() {
        return (KeyedProcessFunction<String, Row, Row>) make(KeyedProcessFunction.class);
    }

    /** @throws JobRefused with what is wrong and where the class belongs */
    @SuppressWarnings("unchecked")
    ProcessFunction<Row, Row> unkeyed() {
        return (ProcessFunction<Row, Row>) make(ProcessFunction.class);
    }

    private Object make(Class<?> kind) {
        Class<?> type = load();
        if (!kind.isAssignableFrom(type)) {
            throw refused("which does not extend " + kind.getName() + "; name one that does, or "
                    + (step.keyBy() == null ? "set keyBy" : "remove keyBy"));
        }
        Object function = instance(type);
        try {
            InstantiationUtil.serializeObject(function);
            return function;
        } catch (IOException e) {
            throw refused("which cannot be sent to tasks (" + e + "); make what it holds serializable or transient");
        }
    }

    private Class<?> load() {
        try {
            return Class.forName(
                    step.functionClass(), true, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw refused("which cannot be loaded (" + e
                    + "); put its jar into /opt/flink/usrlib of the image, beside the job's, or correct the name");
        }
    }

    private Object instance(Class<?> type) {
        try {
            for (Constructor<?> constructor : type.getConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Map.class) {
                    return constructor.newInstance(step.properties() == null ? Map.of() : step.properties());
                }
            }
            if (step.properties() != null) {
                throw refused("which has no public constructor that takes a Map; add one, or remove properties");
            }
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw refused("whose constructor failed (" + e.getCause() + "); correct it or its properties");
        } catch (ReflectiveOperationException e) {
            throw refused("which cannot be made (" + e
                    + "); it must be public, with a public constructor that takes a Map<String, String> or nothing");
        }
    }

    private JobRefused refused(String what) {
        return new JobRefused(
                "step '" + stepId + "', custom.functionClass: found " + step.functionClass() + ", " + what);
    }
}
