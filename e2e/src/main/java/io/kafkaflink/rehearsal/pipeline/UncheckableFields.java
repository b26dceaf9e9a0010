package io.kafkaflink.rehearsal.pipeline;

import com.fasterxml.jackson.databind.JsonNode;

/** Fields of a pipeline with which the rehearsal cannot tell what to expect. */
final class UncheckableFields {
    private UncheckableFields() {}

    static void refuseTimes(JsonNode eventTime) {
        String format = eventTime.path("fieldFormat").asText("EpochMillis");
        String strategy = eventTime.path("strategy").asText("BoundedOutOfOrderness");
        if (!format.equals("EpochMillis") || !strategy.equals("BoundedOutOfOrderness")) {
            throw new UncheckableException("eventTime with fieldFormat " + format + " and strategy " + strategy
                    + ": the rehearsal computes with EpochMillis and BoundedOutOfOrderness only; leave them out to"
                    + " rehearse the rest");
        }
    }

    static void refuseFormats(JsonNode kafka) {
        if (kafka.path("format").has("raw")) {
            throw new UncheckableException("format raw says nothing of what is in the records; the rehearsal can check"
                    + " string and json only");
        }
        if (kafka.path("format").has("avro")) {
            throw new UncheckableException(
                    "the rehearsal writes and checks text and JSON, no Avro; put json with the same"
                            + " fields in its place to rehearse the rest");
        }
    }
}
