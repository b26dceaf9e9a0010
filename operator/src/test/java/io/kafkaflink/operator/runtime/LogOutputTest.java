package io.kafkaflink.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkaflink.operator.runtime.OperatorConfig.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogOutputTest {
    private final PrintStream standardOutput = System.out;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    @AfterEach
    void restore() throws JoranException {
        System.setOut(standardOutput);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new ContextInitializer(context).autoConfig();
    }

    @Test
    @DisplayName("JSON: one object a line with message, level and key-values")
    void json() throws IOException {
        String line = log(LogFormat.JSON);

        JsonNode object = new ObjectMapper().readTree(line);
        assertThat(object.get("level").asText()).isEqualTo("INFO");
        assertThat(object.get("formattedMessage").asText()).isEqualTo("the job runs");
        assertThat(object.get("kvpList").toString()).contains("clicks");
    }

    @Test
    @DisplayName("text: time, level, message and key-values, and nothing of libraries below WARN")
    void text() {
        assertThat(log(LogFormat.TEXT))
                .contains("INFO")
                .contains("the job runs")
                .contains("name=\"clicks\"");
    }

    private String log(LogFormat format) {
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        LogOutput.configure(new OperatorConfig.Log(format, Level.INFO));
        LoggerFactory.getLogger("org.example").info("noise");
        LoggerFactory.getLogger("io.kafkaflink.test").debug("detail");
        LoggerFactory.getLogger("io.kafkaflink.test")
                .atInfo()
                .addKeyValue("name", "clicks")
                .log("the job runs");
        String output = captured.toString(StandardCharsets.UTF_8);
        assertThat(output.lines()).hasSize(1);
        return output;
    }
}
