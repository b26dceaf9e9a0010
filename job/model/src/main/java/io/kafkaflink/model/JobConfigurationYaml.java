package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The job configuration as a file: canonical YAML in UTF-8 with LF line ends, keys in alphabetical order, every text
 * quoted, nothing null. Equal configurations have equal bytes, so that the SHA-256 of the file names a revision.
 */
public final class JobConfigurationYaml {
    private static final YAMLMapper MAPPER = mapper();

    private JobConfigurationYaml() {}

    /** The canonical bytes. */
    public static byte[] write(JobConfiguration configuration) {
        try {
            return MAPPER.writeValueAsBytes(configuration);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file strictly: unknown fields, duplicate keys, other types, a second document and bytes that are not UTF-8
     * are refused. Whether the values make sense is the business of {@link JobConfigurationCheck}.
     */
    public static JobConfiguration read(byte[] yaml) throws InvalidJobConfiguration {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(yaml))
                    .toString();
            refuseAliases(text);
            JobConfiguration configuration = MAPPER.readValue(text, JobConfiguration.class);
            if (configuration == null) {
                throw new InvalidJobConfiguration("job configuration: found nothing; expected a YAML mapping");
            }
            return configuration;
        } catch (CharacterCodingException e) {
            throw new InvalidJobConfiguration(
                    "job configuration: found bytes that are not UTF-8; expected YAML in UTF-8");
        } catch (IOException e) {
            throw new InvalidJobConfiguration(ReadingFault.describe(e));
        }
    }

    /** Jackson would take the name of an alias for a text. */
    private static void refuseAliases(String text) throws IOException, InvalidJobConfiguration {
        try (YAMLParser parser = MAPPER.getFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw new InvalidJobConfiguration("job configuration: found the alias *" + parser.getText()
                            + " at line " + parser.currentLocation().getLineNr() + "; expected values without aliases");
                }
            }
        }
    }

    /** SHA-256 of the file's bytes in lower-case hex, the value of {@code --config-hash}. */
    public static String sha256(byte[] yaml) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(yaml));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static YAMLMapper mapper() {
        YAMLFactory yaml = YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .disable(YAMLGenerator.Feature.USE_PLATFORM_LINE_BREAKS)
                .stringQuotingChecker(new QuotingChecker())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return strict(YAMLMapper.builder(yaml))
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build();
    }

    private static YAMLMapper.Builder strict(YAMLMapper.Builder builder) {
        return builder.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                });
    }

    /** Quotes every key that is not a plain word: Jackson's own check lets some through that are read back changed. */
    private static final class QuotingChecker extends StringQuotingChecker.Default {
        private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");

        @Override
        public boolean needToQuoteName(String name) {
            return !WORD.matcher(name).matches() || super.needToQuoteName(name);
        }
    }
}
