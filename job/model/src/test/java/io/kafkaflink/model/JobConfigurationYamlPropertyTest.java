package io.kafkaflink.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JobConfigurationYamlPropertyTest {
    @Property(tries = 500)
    void anyTextSurvivesTheFile(@ForAll("texts") String text, @ForAll("texts") String key) throws Exception {
        JobConfiguration configuration = with(text, Map.of(key, text, "b", "2", "a", "1"));
        byte[] yaml = JobConfigurationYaml.write(configuration);
        assertThat(JobConfigurationYaml.read(yaml)).isEqualTo(configuration);
        assertThat(JobConfigurationYaml.write(JobConfigurationYaml.read(yaml))).isEqualTo(yaml);
        assertThat(yaml).doesNotContain('\r');
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings()
                .withCharRange('\u0000', '\ud7ff')
                .withChars('\ue000', '\ufeff', '\uffff')
                .ofMaxLength(60);
        return Arbitraries.oneOf(
                any,
                Arbitraries.of(
                        "",
                        " ",
                        "null",
                        "~",
                        "yes",
                        "on",
                        "1",
                        "1e3",
                        "0x1",
                        "- a",
                        "a: b",
                        "# x",
                        "*a",
                        "&a",
                        "a\nb\n",
                        " lead",
                        "trail ",
                        "\"",
                        "'",
                        "😀",
                        "${dir:/mnt:key}",
                        "|",
                        "2026-11-24",
                        "\r\n",
                        "\u0085"));
    }

    private static JobConfiguration with(String text, Map<String, String> properties) {
        JobConfiguration base = Clickstream.CONFIGURATION;
        return new JobConfiguration(
                1,
                text,
                base.name(),
                base.flinkVersion(),
                base.connectorVersion(),
                new JobConfiguration.KafkaConnection("broker:9092", properties),
                base.source(),
                base.eventTime(),
                List.of(Transform.of("label", new Transform.Prefix(text, "page"))),
                base.sinks(),
                base.uids());
    }
}
