package io.kafkaflink.model.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A peer of another version: members that we do not know, and members of ours that it does not know. */
class HandoverPeersPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 300)
    void newerPeersMayAddMembersAnywhere(
            @ForAll("documents") HandoverDocument document, @ForAll("members") ObjectNode added) throws Exception {
        ObjectNode tree = (ObjectNode) JSON.readTree(HandoverJson.write(document));
        tree.put("version", 7);
        for (ObjectNode object : objects(tree)) {
            object.set("addedLater", added);
        }
        Reading<? extends HandoverDocument> reading = HandoverJson.read(tree.toString(), document.getClass());
        if (tree.toString().length() > HandoverJson.LARGEST) {
            assertThat(reading).isInstanceOf(Reading.Unreadable.class);
            return;
        }
        ObjectNode again = (ObjectNode) JSON.readTree(HandoverJson.write(((Reading.Found<?>) reading).document()));
        assertThat(again.remove("version").asInt()).isEqualTo(7);
        ObjectNode original = (ObjectNode) JSON.readTree(HandoverJson.write(document));
        original.remove("version");
        assertThat(again).isEqualTo(original);
    }

    @Property(tries = 300)
    void olderPeersMayLeaveMembersOut(@ForAll("documents") HandoverDocument document, @ForAll int choice)
            throws Exception {
        ObjectNode tree = (ObjectNode) JSON.readTree(HandoverJson.write(document));
        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(names::add);
        tree.remove(names.get(Math.floorMod(choice, names.size())));
        Reading<? extends HandoverDocument> reading = HandoverJson.read(tree.toString(), document.getClass());
        if (reading instanceof Reading.Unreadable<? extends HandoverDocument> unreadable) {
            assertThat(unreadable.message()).contains(": found nothing");
        } else {
            assertThatCode(() -> HandoverJson.write(((Reading.Found<?>) reading).document()))
                    .doesNotThrowAnyException();
        }
    }

    @Property(tries = 500)
    void anyTextIsReadWithoutAnException(
            @ForAll("documents") HandoverDocument document, @ForAll("noise") String noise) {
        String json = HandoverJson.write(document);
        int cut = Math.floorMod(noise.hashCode(), json.length());
        for (String text : List.of(noise, json.substring(0, cut) + noise + json.substring(cut), json.substring(cut))) {
            Reading<? extends HandoverDocument> reading = HandoverJson.read(text, document.getClass());
            if (reading instanceof Reading.Unreadable<? extends HandoverDocument> unreadable) {
                assertThat(unreadable.message())
                        .isNotBlank()
                        .hasSizeLessThan(200)
                        .doesNotContain("\n");
            }
        }
    }

    @Provide
    Arbitrary<HandoverDocument> documents() {
        return Arbitraries.of(
                Documents.ORDER,
                Documents.ARMED,
                Documents.DRAINED,
                Documents.GO,
                Documents.RESULT,
                Documents.VERIFIED);
    }

    @Provide
    Arbitrary<ObjectNode> members() {
        Arbitrary<String> values = Arbitraries.of("1", "null", "[]", "{\"a\":[true,1.5,\"x\"]}", "\"text\"", "-1e400");
        return Combinators.combine(values, values).as((a, b) -> parse("{\"a\":" + a + ",\"b\":[" + b + "]}"));
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(200),
                Arbitraries.of("[", "{", "\"", ":", ",", "\\", "\u0000", "\ud800", "1e999999999", "{\"jobId\":{}}")
                        .list()
                        .ofMaxSize(3000)
                        .map(parts -> String.join("", parts)));
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<ObjectNode> objects(JsonNode node) {
        List<ObjectNode> objects = new ArrayList<>();
        if (node instanceof ObjectNode object && !isMap(object)) {
            objects.add(object);
        }
        node.forEach(child -> objects.addAll(objects(child)));
        return objects;
    }

    /** In these every member is data. */
    private static boolean isMap(ObjectNode object) {
        return object.has("clicks") || object.has("main");
    }
}
