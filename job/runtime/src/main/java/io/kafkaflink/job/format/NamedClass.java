package io.kafkaflink.job.format;

import io.kafkaflink.job.JobRefused;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.function.BiConsumer;

/** An object of a class in the image, made by its name where the job is built and again where it runs. */
final class NamedClass {
    private NamedClass() {}

    /**
     * A configured object: an armed job finds out here that a class cannot be used, before the old one is stopped.
     *
     * @param field that names the class, for messages
     * @throws JobRefused with what is wrong and where the class belongs
     */
    static <T> T make(
            String field,
            String name,
            Class<T> kind,
            Map<String, String> properties,
            BiConsumer<T, Map<String, ?>> configure) {
        T object = kind.cast(instance(field, name, kind));
        try {
            configure.accept(object, properties == null ? Map.of() : properties);
            return object;
        } catch (RuntimeException e) {
            throw refused(field, name, "which refuses its properties (" + e + "); correct them");
        }
    }

    private static Object instance(String field, String name, Class<?> kind) {
        try {
            Class<?> type = Class.forName(name, true, Thread.currentThread().getContextClassLoader());
            if (!kind.isAssignableFrom(type)) {
                throw refused(field, name, "which does not implement " + kind.getName() + "; name one that does");
            }
            return type.getConstructor().newInstance();
        } catch (ClassNotFoundException | LinkageError e) {
            throw refused(
                    field,
                    name,
                    "which cannot be loaded (" + e
                            + "); put its jar into /opt/flink/usrlib of the image, beside the job's, or correct the name");
        } catch (InvocationTargetException e) {
            throw refused(field, name, "whose constructor failed (" + e.getCause() + "); correct it");
        } catch (ReflectiveOperationException e) {
            throw refused(
                    field,
                    name,
                    "which cannot be made (" + e
                            + "); it must be public, with a public constructor without parameters");
        }
    }

    private static JobRefused refused(String field, String name, String what) {
        return new JobRefused(field + ": found " + name + ", " + what);
    }
}
