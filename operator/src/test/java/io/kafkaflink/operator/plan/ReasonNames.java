package io.kafkaflink.operator.plan;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The reasons in code. Steps of an upgrade are the reasons of its condition. */
public final class ReasonNames {
    private ReasonNames() {}

    /** The constants of {@link Reasons} and the steps, sorted. */
    public static Set<String> all() {
        Set<String> names = Arrays.stream(Reasons.class.getFields())
                .filter(field -> field.getType() == String.class)
                .map(ReasonNames::value)
                .collect(Collectors.toCollection(TreeSet::new));
        Arrays.stream(UpgradeStep.values()).map(UpgradeStep::text).forEach(names::add);
        return names;
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
