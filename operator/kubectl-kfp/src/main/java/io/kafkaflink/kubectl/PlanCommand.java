package io.kafkaflink.kubectl;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.SupportedPairs;
import io.kafkaflink.operator.desired.VersionPair;
import io.kafkaflink.operator.observe.ClaimsReader;
import io.kafkaflink.operator.observe.PipelineObserver;
import io.kafkaflink.operator.plan.Forecast;
import io.kafkaflink.operator.plan.PipelinePlanner;
import io.kafkaflink.operator.plan.Situation;
import io.kafkaflink.operator.runtime.InvalidConfiguration;
import io.kafkaflink.operator.runtime.OperatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the operator would do with a changed resource. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        versionProvider = KfpVersion.class,
        description =
                "Says what a changed resource would do: nothing is written. Exit code 1 when it would be refused.")
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOption output;

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE",
            description = "The resource as it would be applied.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (KubernetesClient client = cluster.connect()) {
            KafkaFlinkPipeline wanted = applied(client, read(client));
            Forecast forecast = PipelinePlanner.forecast(situation(client, wanted));
            output.print(
                    forecast,
                    () -> new ForecastText(PipelineCommand.reference(wanted), forecast).toString(),
                    client,
                    spec.commandLine().getOut());
            return forecast.refusals().isEmpty() ? 0 : 1;
        }
    }

    private KafkaFlinkPipeline read(KubernetesClient client) {
        try {
            KafkaFlinkPipeline read =
                    client.getKubernetesSerialization().unmarshal(Files.readString(file), KafkaFlinkPipeline.class);
            if (read == null || read.getMetadata() == null || read.getMetadata().getName() == null) {
                throw new KfpFailure(file + ": found no KafkaFlinkPipeline with a name, expected one");
            }
            if (read.getMetadata().getNamespace() == null) {
                read.getMetadata().setNamespace(cluster.namespace(client));
            }
            return read;
        } catch (IOException e) {
            throw new KfpFailure(file + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    /** As the API server would store it: with defaults, judged by schema and rules, and not stored. */
    private KafkaFlinkPipeline applied(KubernetesClient client, KafkaFlinkPipeline read) {
        read.setStatus(null);
        return client.resources(KafkaFlinkPipeline.class)
                .inNamespace(read.getMetadata().getNamespace())
                .withName(read.getMetadata().getName())
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(Pipelines.FIELD_MANAGER)
                                .withForce(true)
                                .withDryRun(List.of("All"))
                                .build(),
                        read);
    }

    /** Which images the operator takes is its own affair, and changes nothing in what a change does. */
    private static OperatorDefaults defaults() {
        try {
            OperatorDefaults set = OperatorConfig.parse(System.getenv()).defaults();
            Map<VersionPair, String> images = new HashMap<>();
            SupportedPairs.all().forEach(pair -> images.put(pair, "image-of-the-operator"));
            images.putAll(set.images());
            return new OperatorDefaults(images, set.stateDir(), set.serviceAccount(), set.identityPrefix());
        } catch (InvalidConfiguration e) {
            throw new KfpFailure(e.getMessage());
        }
    }

    private static Situation situation(KubernetesClient client, KafkaFlinkPipeline wanted) {
        OperatorDefaults defaults = defaults();
        return new Situation(
                ClaimsReader.id(wanted),
                Objects.requireNonNullElse(wanted.getMetadata().getGeneration(), 1L),
                Instant.parse(Objects.requireNonNullElse(
                        wanted.getMetadata().getCreationTimestamp(),
                        Instant.now().toString())),
                Objects.requireNonNullElse(wanted.getMetadata().getAnnotations(), Map.of()),
                wanted.getSpec(),
                Objects.requireNonNullElse(wanted.getStatus(), PipelineStatus.EMPTY),
                new PipelineObserver(defaults).observe(wanted, new LiveCluster(client)),
                defaults,
                Instant.now());
    }
}
