package io.kafkaflink.operator.desired;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.kafkaflink.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Refuses parts of a pod template that are ours, secrets in the clear, and what is no pod at all: FKO's schema knows the
 * fields of a pod, and server-side apply of an unknown one ends in HTTP 500.
 */
final class RefusedPodTemplate {
    private static final String PATH = "spec.flink.podTemplate";
    private static final ObjectMapper STRICT =
            JsonMapper.builder().annotationIntrospector(new WithoutAnySetters()).build();
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(password|passwd|secret_?access_?key|secret_?key|private_?key|api_?key|auth_?token).*");

    /** The variable names a file that holds the secret. */
    private static final Pattern SECRET_FILE = Pattern.compile("(?i).*_(file|path|dir)");

    private final List<SecretMount> secrets;
    private final List<Violation> found = new ArrayList<>();

    private RefusedPodTemplate(List<SecretMount> secrets) {
        this.secrets = secrets;
    }

    /** @param secrets that are mounted into the same pods */
    static List<Violation> in(Map<String, Object> template, List<SecretMount> secrets) {
        RefusedPodTemplate refused = new RefusedPodTemplate(secrets);
        refused.check(template);
        return List.copyOf(refused.found);
    }

    private void check(Map<String, Object> template) {
        Pod pod;
        try {
            pod = STRICT.convertValue(CanonicalJson.normalizedMap(template), Pod.class);
        } catch (IllegalArgumentException e) {
            found.add(malformed(e));
            return;
        }
        if (pod.getSpec() != null) {
            spec(pod.getSpec());
        }
    }

    private void spec(PodSpec spec) {
        if (spec.getServiceAccountName() != null || spec.getServiceAccount() != null) {
            found.add(new Violation(
                    PATH + ".spec.serviceAccountName",
                    "a service account",
                    "no entry",
                    "remove it and set spec.flink.serviceAccount"));
        }
        for (int i = 0; i < spec.getVolumes().size(); i++) {
            String name = String.valueOf(spec.getVolumes().get(i).getName());
            if (name.equals(Names.CONFIG_VOLUME) || name.startsWith(KafkaSecrets.VOLUME_PREFIX) || owned(name)) {
                found.add(new Violation(
                        PATH + ".spec.volumes[" + i + "].name",
                        "'" + name + "', which the operator mounts",
                        "another name",
                        "rename the volume"));
            }
        }
        containers(PATH + ".spec.initContainers", spec.getInitContainers());
        containers(PATH + ".spec.containers", spec.getContainers());
    }

    private boolean owned(String volume) {
        return secrets.stream().anyMatch(secret -> secret.name().equals(volume));
    }

    private void containers(String path, List<Container> containers) {
        for (int i = 0; i < containers.size(); i++) {
            Container container = containers.get(i);
            String element = path + "[" + i + "]";
            if (Names.MAIN_CONTAINER.equals(container.getName())) {
                mainContainer(element, container);
            }
            environment(element + ".env", container.getEnv());
        }
    }

    private void mainContainer(String path, Container container) {
        if (!container.getCommand().isEmpty() || !container.getArgs().isEmpty()) {
            found.add(new Violation(
                    path + (container.getCommand().isEmpty() ? ".args" : ".command"),
                    "a command line for " + Names.MAIN_CONTAINER,
                    "no entry",
                    "remove it: Flink starts its own process there; use another container for yours"));
        }
        for (int i = 0; i < container.getVolumeMounts().size(); i++) {
            VolumeMount mount = container.getVolumeMounts().get(i);
            String element = path + ".volumeMounts[" + i + "].mountPath";
            // A folder above both is named once.
            if (apart(element, mount, Names.CONFIG_FOLDER, "the job configuration")) {
                apart(element, mount, KafkaSecrets.FOLDER, "mounted Secrets");
            }
            if (!secrets.isEmpty()) {
                apart(element, mount, SinkSecrets.FOLDER, "the Secrets of sinks");
            }
        }
    }

    /** Whether it is; above or below the folder it would hide what is mounted there, or be hidden. */
    private boolean apart(String path, VolumeMount mount, String folder, String content) {
        String target = String.valueOf(mount.getMountPath()).replaceAll("/+$", "") + "/";
        boolean hides = (folder + "/").startsWith(target) || target.startsWith(folder + "/");
        if (hides) {
            found.add(new Violation(
                    path,
                    "'" + mount.getMountPath() + "', which hides " + content,
                    "a path apart from " + folder,
                    "mount the volume elsewhere"));
        }
        return !hides;
    }

    private void environment(String path, List<EnvVar> environment) {
        for (int i = 0; i < environment.size(); i++) {
            EnvVar variable = environment.get(i);
            String name = String.valueOf(variable.getName());
            boolean literal =
                    variable.getValue() != null && !variable.getValue().isEmpty();
            if (literal
                    && SECRET.matcher(name).matches()
                    && !SECRET_FILE.matcher(name).matches()) {
                found.add(new Violation(
                        path + "[" + i + "].value",
                        "a secret in the clear (" + variable.getName() + ")",
                        "valueFrom.secretKeyRef",
                        "put it into a Secret, refer to that, and change the secret"));
            }
        }
    }

    private static Violation malformed(IllegalArgumentException e) {
        if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
            return new Violation(
                    path(unknown), "an unknown field", "a field of a Kubernetes pod", "correct its name or its place");
        }
        String path = e.getCause() instanceof JsonMappingException mapping ? path(mapping) : PATH;
        return new Violation(
                path, "another type of value", "what the Kubernetes API reference says for a pod", "correct the value");
    }

    private static String path(JsonMappingException fault) {
        StringBuilder path = new StringBuilder(PATH);
        fault.getPath()
                .forEach(step -> path.append(
                        step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName()));
        return path.toString();
    }

    /** The client's model collects unknown fields in a map; without that Jackson reports them. */
    private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
