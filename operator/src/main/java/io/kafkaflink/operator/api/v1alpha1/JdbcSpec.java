package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.JdbcSink;
import io.kafkaflink.model.Timespan;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table of a PostgreSQL database. The rules speak of the address without quoting it, which may have a password. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!self.url.matches('" + JdbcSink.URL_SECRETS + "')",
        message = "url must not have user, password or sslpassword; put them into the Secret that secretName names")
@ValidationRule(
        value = "self.url.matches(r'" + JdbcSink.URL + "')",
        message = "url needs the form jdbc:postgresql://host:port/database, without user and password, which are in the"
                + " Secret that secretName names")
public record JdbcSpec(
        @Required
        @Size(max = 1000)
        @JsonPropertyDescription(
                "Address as the driver takes it, jdbc:postgresql://host:port/database, without user and" + " password.")
        String url,

        @Required
        @Size(max = 127)
        @Pattern(JdbcSink.TABLE)
        @JsonPropertyDescription("The table, or schema and table with a dot between; it must exist.")
        String table,

        @Required
        @Size(min = 1, max = 10)
        @JsonPropertyDescription("Fields that name a row together; their columns need a unique constraint.")
        List<@Size(max = Field.MAX_LENGTH) @Pattern(Field.NAME) String> keyFields,

        @JsonPropertyDescription("Names of columns by field, for those that are not named like their fields.")
        Map<String, String> columns,

        @Size(max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("Secret with the keys username and password, in the pipeline's namespace.")
        String secretName,

        @Default("500")
        @Min(1)
        @Max(JdbcSink.LARGEST_BATCH)
        @JsonPropertyDescription("Most rows that are written at once, in a transaction.")
        Integer batchSize,

        @Default("1s")
        @Size(max = Timespan.MAX_LENGTH)
        @Pattern(Timespan.PATTERN)
        @JsonPropertyDescription("How long a row waits for others at most.")
        String batchInterval,

        @Default("3")
        @Min(0)
        @Max(JdbcSink.MOST_RETRIES)
        @JsonPropertyDescription("How often a batch is tried again before the job begins anew at its last checkpoint.")
        Integer maxRetries) {
    public JdbcSpec {
        keyFields = keyFields == null ? List.of() : List.copyOf(keyFields);
        columns = columns == null || columns.isEmpty() ? null : Collections.unmodifiableMap(new TreeMap<>(columns));
        batchSize = batchSize == null ? Integer.valueOf(500) : batchSize;
        batchInterval = batchInterval == null ? "1s" : batchInterval;
        maxRetries = maxRetries == null ? Integer.valueOf(3) : maxRetries;
    }
}
