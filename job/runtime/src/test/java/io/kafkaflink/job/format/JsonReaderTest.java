package io.kafkaflink.job.format;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static final RecordSchema SCHEMA = new RecordSchema(List.of(
            new Field("s", FieldType.String),
            new Field("l", FieldType.Long),
            new Field("d", FieldType.Double),
            new Field("b", FieldType.Boolean)));

    private final JsonReader reader = new JsonReader(SCHEMA);

    private Row read(String json) throws UnreadableValue {
        return reader.read(json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {"s":"a","l":1,"d":1.5,"b":true}                   => a | 1 | 1.5 | true
            {"b":false,"d":-2,"l":-0,"s":""}                   => <empty> | 0 | -2.0 | false
            {}                                                 => null | null | null | null
            {"s":null,"l":null,"d":null,"b":null}              => null | null | null | null
            {"other":{"s":[1,{"s":2}]},"s":"x","more":"y"}     => x | null | null | null
            {"other":1,"other":2,"s":"x"}                      => x | null | null | null
            {"l":9223372036854775807}                          => null | 9223372036854775807 | null | null
            {"l":-9223372036854775808}                         => null | -9223372036854775808 | null | null
            {"d":9223372036854775808}                          => null | null | 9.223372036854775808E18 | null
            {"d":1e308}                                        => null | null | 1.0E308 | null
            {"d":1e-400}                                       => null | null | 0.0 | null
            {"s":"\\u00e9\\ud83d\\ude00 é😀"}                  => é😀 é😀 | null | null | null
            { "l" : 7 }                                         => null | 7 | null | null
            """)
    void readsTheRightRow(String json, String row) throws UnreadableValue {
        Row expected = Row.withPositions(4);
        String[] values = row.split(" \\| ", -1);
        for (int i = 0; i < 4; i++) {
            expected.setField(i, value(SCHEMA.fields().get(i).type(), values[i].replace("<empty>", "")));
        }
        assertThat(read(json)).isEqualTo(expected);
    }

    private static Object value(FieldType type, String text) {
        if (text.equals("null")) {
            return null;
        }
        return switch (type) {
            case String -> text;
            case Long -> Long.valueOf(text);
            case Double -> Double.valueOf(text);
            case Boolean -> Boolean.valueOf(text);
            case Bytes, Array -> throw new IllegalArgumentException("tested below");
        };
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            ``                       => found nothing, expected a JSON object
            null                     => found null, expected a JSON object
            [{"s":"a"}]              => found an array, expected a JSON object
            "s"                      => found a text, expected a JSON object
            {"s":"a"                 => found no valid JSON at byte 8, expected a JSON object: Unexpected end-of-input
            {"s":"a                  => found no valid JSON at byte 7, expected a JSON object: Unexpected end-of-input
            {"s":"a"}{"s":"b"}       => found more after the JSON object, expected one object
            {"s":"a"} x              => found no valid JSON at byte 11
            {"s":"a",}               => found no valid JSON at byte 9
            {'s':'a'}                => found no valid JSON at byte 1
            {"s":1}                  => found a whole number in field 's', expected a text (String)
            {"s":{"t":1}}            => found an object in field 's', expected a text (String)
            {"s":["a"]}              => found an array in field 's', expected a text (String)
            {"s":"a","s":"a"}        => found field 's' twice, expected each member once
            {"s":null,"s":"a"}       => found field 's' twice, expected each member once
            {"s":"\\ud800"}          => found half a surrogate pair in field 's', expected Unicode text
            {"s":"\\udc00\\ud800"}   => found half a surrogate pair in field 's', expected Unicode text
            {"l":"1"}                => found a text in field 'l', expected a whole number (Long)
            {"l":1.0}                => found a number with fraction or exponent in field 'l', expected a whole number (Long)
            {"l":1e3}                => found a number with fraction or exponent in field 'l', expected a whole number (Long)
            {"l":true}               => found true or false in field 'l', expected a whole number (Long)
            {"l":9223372036854775808} => found a number beyond 64 bits in field 'l', expected a whole number (Long)
            {"l":007}                => found no valid JSON at byte
            {"d":1e999}              => found a number beyond the range of a Double in field 'd', expected a number (Double)
            {"d":NaN}                => found no valid JSON at byte
            {"d":"1.5"}              => found a text in field 'd', expected a number (Double)
            {"b":1}                  => found a whole number in field 'b', expected true or false (Boolean)
            {"b":"true"}             => found a text in field 'b', expected true or false (Boolean)
            {"x":tru}                => found no valid JSON at byte
            """)
    void saysWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableValue.class).hasMessageStartingWith(message);
    }

    @Test
    void refusesAbsurdNumbersAndNesting() {
        assertThatThrownBy(() -> read("{\"l\":" + "9".repeat(100_000) + "}")).isInstanceOf(UnreadableValue.class);
        assertThatThrownBy(() -> read("{\"d\":" + "9".repeat(100_000) + "}")).isInstanceOf(UnreadableValue.class);
        assertThatThrownBy(() -> read("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .isInstanceOf(UnreadableValue.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xc0, 0xe4, 0xf8, 0xff})
    void refusesBytesThatAreNotUtf8(int broken) {
        byte[] json = "{\"s\":\"a?b\"}".getBytes(UTF_8);
        json[7] = (byte) broken;
        assertThatThrownBy(() -> reader.read(json)).isInstanceOf(UnreadableValue.class);
    }

    @Test
    void readsOtherUnicodeEncodingsOrRefusesThem() throws UnreadableValue {
        assertThat(reader.read("{\"s\":\"é\"}".getBytes(UTF_16LE)).getField(0)).isEqualTo("é");
    }

    /** One byte or a tail of a good record is destroyed, 50,000 times: a row or UnreadableValue, never anything else. */
    @Test
    void survivesDestruction() {
        byte[] good = "{\"s\":\"é😀\\n\",\"l\":-12,\"d\":1.5e3,\"b\":true,\"x\":[{\"y\":null}]}".getBytes(UTF_8);
        Random random = new Random(7);
        int readable = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            try {
                assertThat(reader.read(bytes).getArity()).isEqualTo(4);
                readable++;
            } catch (UnreadableValue e) {
                assertThat(e.getMessage()).startsWith("found ");
            }
        }
        assertThat(readable).isBetween(10, 10_000);
    }

    private static final JsonReader ARRAYS = new JsonReader(new RecordSchema(List.of(
            new Field("id", FieldType.Long),
            new Field("tags", FieldType.Array, new Field.Items(FieldType.String, null)),
            new Field(
                    "lines",
                    FieldType.Array,
                    new Field.Items(
                            null,
                            List.of(
                                    new Field.Member("sku", FieldType.String),
                                    new Field.Member("n", FieldType.Long)))))));

    @Test
    void readsMembersOfArraysAsRows() throws UnreadableValue {
        Row row = ARRAYS.read(
                "{\"lines\":[{\"n\":1,\"x\":[{}],\"sku\":\"a\"},{},{\"sku\":null,\"n\":2}],\"id\":7,\"tags\":[\"t\",null]}"
                        .getBytes(UTF_8));
        assertThat(row.getField(0)).isEqualTo(7L);
        assertThat((Row[]) row.getField(1)).containsExactly(Row.of("t"), Row.of((Object) null));
        assertThat((Row[]) row.getField(2)).containsExactly(Row.of("a", 1L), Row.of(null, null), Row.of(null, 2L));
        Row none = ARRAYS.read("{\"lines\":[],\"tags\":null}".getBytes(UTF_8));
        assertThat(none.getField(1)).isNull();
        assertThat((Row[]) none.getField(2)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {"tags":"t"}                        => found a text in field 'tags', expected an array (Array)
            {"tags":{}}                         => found an object in field 'tags', expected an array (Array)
            {"tags":["t",1]}                    => found a whole number in field 'tags[]', expected a text (String)
            {"tags":[["t"]]}                    => found an array in field 'tags[]', expected a text (String)
            {"lines":[null]}                    => found null in field 'lines', expected objects as members
            {"lines":[{"n":1},5]}               => found a whole number in field 'lines', expected objects as members
            {"lines":[{"n":1},{"n":"1"}]}       => found a text in field 'lines[].n', expected a whole number (Long)
            {"lines":[{"n":1,"n":1}]}           => found field 'lines[].n' twice, expected each member once
            {"lines":[{"n":1}                   => found no valid JSON at byte
            {"tags":["t"                        => found no valid JSON at byte
            """)
    void saysWhatIsWrongInArrays(String json, String message) {
        assertThatThrownBy(() -> ARRAYS.read(json.getBytes(UTF_8)))
                .isInstanceOf(UnreadableValue.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void isUsableAfterAFailure() throws UnreadableValue {
        assertThatThrownBy(() -> read("{\"s\":\"a\",\"s\":")).isInstanceOf(UnreadableValue.class);
        assertThat(read("{\"s\":\"b\"}").getField(0)).isEqualTo("b");
    }
}
