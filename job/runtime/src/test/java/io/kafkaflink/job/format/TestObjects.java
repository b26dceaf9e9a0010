package io.kafkaflink.job.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Classes as users write them: against Kafka's clients only. */
public final class TestObjects {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestObjects() {}

    /** JSON to maps; the property fails makes it refuse its properties. */
    public static final class Reads implements Deserializer<Object> {
        private String topicMember;

        @Override
        public void configure(Map<String, ?> properties, boolean isKey) {
            if (isKey || properties.containsKey("fails")) {
                throw new IllegalArgumentException("no such property");
            }
            topicMember = (String) properties.get("topicMember");
        }

        @Override
        public Object deserialize(String topic, byte[] value) {
            if (value.length == 2 && value[0] == 0x7f && value[1] == 0x7f) {
                throw new TimeoutException("the registry does not answer");
            }
            try {
                return JSON.readValue(value, Object.class);
            } catch (IOException e) {
                throw new SerializationException("no JSON", e);
            }
        }

        @Override
        public Object deserialize(String topic, Headers headers, byte[] value) {
            Object object = deserialize(topic, value);
            if (topicMember != null) {
                asMap(object).put(topicMember, topic + headers.toArray().length);
            }
            return object;
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> asMap(Object object) {
            return (Map<String, Object>) object;
        }
    }

    /** Any objects to JSON, with their topic in a header. */
    public static final class Writes implements Serializer<Object> {
        @Override
        public byte[] serialize(String topic, Object object) {
            try {
                return JSON.writeValueAsBytes(object);
            } catch (JsonProcessingException e) {
                throw new SerializationException("no JSON", e);
            }
        }

        @Override
        public byte[] serialize(String topic, Headers headers, Object object) {
            headers.add("written-to", String.valueOf(topic).getBytes(UTF_8));
            return serialize(topic, object);
        }
    }

    /** Nobody can make one. */
    public static final class Hidden implements Serializer<Object> {
        private Hidden() {}

        @Override
        public byte[] serialize(String topic, Object object) {
            return null;
        }
    }
}
