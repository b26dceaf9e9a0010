package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CanonicalJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Example
    void numbersAreAsTheApiServerReturnsThem() {
        assertThat(Arrays.asList(
                        1L, (short) 2, 3.0, 4.0f, new BigDecimal("5.00"), BigInteger.TWO, 1L << 40, 0.5, 1e300))
                .map(CanonicalJson::normalized)
                .isEqualTo(List.of(1, 2, 3, 4, 5, 2, 1L << 40, 0.5, 1e300));
    }

    @Example
    void nullsAndOrderMeanNothing() {
        Map<String, Object> one = new HashMap<>();
        one.put("b", 1);
        one.put("a", Arrays.asList(1, null, Map.of("x", true)));
        one.put("c", null);

        assertThat(CanonicalJson.write(one)).isEqualTo("{\"a\":[1,{\"x\":true}],\"b\":1}");
    }

    @Property(tries = 300)
    void readingBackGivesTheSameObjects(@ForAll("values") Object value) throws Exception {
        Object normalized = CanonicalJson.normalized(value);

        assertThat(JSON.readValue(CanonicalJson.write(value), Object.class)).isEqualTo(normalized);
        assertThat(CanonicalJson.normalized(normalized)).isEqualTo(normalized);
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.strings().ofMaxLength(5).map(Object.class::cast),
                () -> Arbitraries.longs().map(Object.class::cast),
                () -> Arbitraries.doubles().between(-1e9, 1e9).map(Object.class::cast),
                () -> Arbitraries.of(true, false).map(Object.class::cast),
                () -> values().list().ofMaxSize(3).map(ArrayList::new),
                () -> Arbitraries.maps(
                                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(3), values())
                        .ofMaxSize(3)
                        .map(Object.class::cast));
    }
}
