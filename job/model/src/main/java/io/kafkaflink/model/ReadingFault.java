package io.kafkaflink.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns what Jackson reports about a YAML file into one line: path, found, expected. */
final class ReadingFault {
    private static final int LONGEST_EXCERPT = 80;

    private ReadingFault() {}

    static String describe(IOException fault) {
        if (fault instanceof UnrecognizedPropertyException unknown) {
            return path(unknown) + ": unknown field; expected one of " + known(unknown);
        }
        if (String.valueOf(fault.getMessage()).startsWith("Trailing token")) {
            return "job configuration: found a second document; expected one";
        }
        if (fault instanceof InvalidFormatException format && format.getTargetType() != null) {
            return path(format) + ": found '" + excerpt(String.valueOf(format.getValue())) + "'" + place(format)
                    + "; expected " + expected(format.getTargetType());
        }
        if (fault instanceof ValueInstantiationException instantiation) {
            return path(instantiation) + ": found null or a value out of range" + place(instantiation) + "; expected "
                    + expected(instantiation.getType().getRawClass());
        }
        if (fault instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return path(mismatch) + ": found another type of value" + place(mismatch) + "; expected "
                    + expected(mismatch.getTargetType());
        }
        if (fault instanceof JsonMappingException mapping) {
            return path(mapping) + ": " + excerpt(mapping.getOriginalMessage()) + place(mapping);
        }
        String reason =
                fault instanceof JsonProcessingException syntax ? syntax.getOriginalMessage() : fault.getMessage();
        String place = fault instanceof JsonProcessingException syntax ? place(syntax) : "";
        return "job configuration: cannot be read as YAML" + place + ": " + excerpt(reason);
    }

    private static String known(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }

    private static String path(JsonMappingException fault) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : fault.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "job configuration" : path.toString();
    }

    private static String place(JsonProcessingException fault) {
        JsonLocation location = fault.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number of 32 bits";
        }
        if (Map.class.isAssignableFrom(type) || type.isRecord()) {
            return "a mapping";
        }
        return Iterable.class.isAssignableFrom(type) ? "a list" : "a " + type.getSimpleName();
    }

    private static String excerpt(String text) {
        String line = String.valueOf(text).lines().findFirst().orElse("");
        return line.length() <= LONGEST_EXCERPT ? line : line.substring(0, LONGEST_EXCERPT) + "…";
    }
}
