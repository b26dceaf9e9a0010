package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.observe.Definition;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The API server cannot be reached for a while. */
@RequiresKubeApi
class OutageIT {
    private CuttableLine line;
    private Site site;

    @BeforeEach
    void line(KubeApi api, TestNamespace namespace) {
        World world = World.of(api);
        line = new CuttableLine(URI.create(api.url()).getPort());
        Config direct = world.account;
        Config throughLine = new ConfigBuilder(direct)
                .withMasterUrl("https://127.0.0.1:" + line.port() + "/")
                .build();
        site = new Site(world, namespace.name(), throughLine)
                .withTopicOperator()
                .withOperator();
    }

    @AfterEach
    void close() {
        line.mend();
        site.close();
        line.close();
    }

    @Test
    @DisplayName("gone and back: the operator lives on, restarts no job, and takes up what was changed meanwhile")
    void goneAndBack() {
        site.apply(PipelineText.named("steady"));
        site.apply(PipelineText.named("changing"));
        site.awaitReady("steady");
        site.awaitReady("changing");
        long generation =
                site.get(Definition.FLINK_DEPLOYMENT, "steady-a").getMetadata().getGeneration();

        line.cut();
        site.apply(PipelineText.named("changing").withPrefix("changed in between: "));
        site.clock.advance(java.time.Duration.ofSeconds(31));
        assertThat(site.ask("/livez").statusCode()).isEqualTo(200);
        assertThat(site.ask("/readyz").statusCode()).isEqualTo(200);
        line.mend();

        site.awaitReady("changing");
        assertThat(site.pipeline("changing").getStatus().lastUpgrade().kind()).isEqualTo("Configuration");
        site.awaitReady("steady");
        assertThat(site.get(Definition.FLINK_DEPLOYMENT, "steady-a")
                        .getMetadata()
                        .getGeneration())
                .isEqualTo(generation);
    }
}
