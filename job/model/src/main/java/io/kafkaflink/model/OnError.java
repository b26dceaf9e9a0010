package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What becomes of a record that cannot be read. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "(self.action == 'DeadLetter') == has(self.sink)",
        message = "DeadLetter needs sink, and no other action has one")
public record OnError(
        @Default("Fail")
        @JsonPropertyDescription("Fail: the job stops. Skip: it is counted. DeadLetter: it goes to sink as it is.")
        Action action,

        @Size(min = 1, max = 40)
        @JsonPropertyDescription("Name of the Kafka sink, with format raw, for such records only.")
        String sink) {

    public static final OnError FAIL = new OnError(Action.Fail, null);

    /** uid of the operator that parts dead letters from records. */
    public static final String UID = "dead-letters";

    public OnError {
        action = action == null ? Action.Fail : action;
    }

    /** What is done. */
    public enum Action {
        Fail,
        Skip,
        DeadLetter
    }
}
