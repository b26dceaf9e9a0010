package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads spec and status of a pipeline so that a part that cannot be read does not take the resource with it. */
final class LenientParts extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
        Class<?> type = description.getBeanClass();
        boolean lenient = type == PipelineSpec.class || type == PipelineStatus.class;
        return lenient ? new Part(deserializer) : deserializer;
    }

    private static final class Part extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        Part(JsonDeserializer<?> strict) {
            super(strict);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> strict) {
            return new Part(strict);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonStreamContext parent = parser.getParsingContext().getParent();
            JsonNode tree = context.readTree(parser);
            try (JsonParser part = tree.traverse(parser.getCodec())) {
                part.nextToken();
                Object read = super.deserialize(part, context);
                Optional<String> missing = RequiredParts.missing("spec", read);
                return missing.isEmpty() ? read : refuse(parent, missing.get() + ": is missing");
            } catch (JsonMappingException e) {
                return refuse(parent, describe(e));
            }
        }

        private Object refuse(JsonStreamContext parent, String reason) {
            if (parent != null
                    && parent.getCurrentValue() instanceof KafkaFlinkPipeline pipeline
                    && handledType() == PipelineSpec.class) {
                pipeline.setUnreadable(reason);
            }
            return null;
        }

        private static String describe(JsonMappingException e) {
            String field = e.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                    .collect(Collectors.joining());
            return "spec" + field + ": " + e.getOriginalMessage();
        }
    }
}
