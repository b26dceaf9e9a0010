package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Acknowledgement;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import java.util.Optional;

/**
 * Why a step is not taken: a CamelCase reason and a message that names resource, field, what was found, what was
 * expected and what to do. A value, not an exception; exceptions mean that a call to the API failed.
 *
 * @param consent the acknowledgement that would allow it
 */
public record Refusal(String reason, String message, Cure cure, Optional<Acknowledgement> consent) {

    /** Who can help. */
    public enum Cure {
        /** Nothing but a change by the user: the pipeline is Stalled. */
        USER,
        /** Something else on the cluster may come or recover by itself: the pipeline is Reconciling. */
        TIME
    }

    public static Refusal stalled(String reason, String message) {
        return new Refusal(reason, message, Cure.USER, Optional.empty());
    }

    public static Refusal waiting(String reason, String message) {
        return new Refusal(reason, message, Cure.TIME, Optional.empty());
    }

    /** A refusal that exactly this acknowledgement lifts; the message ends with what to paste. */
    public static Refusal consent(String reason, String message, Risk risk, String value) {
        Acknowledgement entry = new Acknowledgement(risk, value);
        return new Refusal(
                reason,
                message + ". To allow it, add to spec.upgrade.acknowledge: " + snippet(entry),
                Cure.USER,
                Optional.of(entry));
    }

    /** An acknowledgement as people paste it. */
    public static String snippet(Acknowledgement entry) {
        return "{risk: " + entry.risk() + ", value: \"" + entry.value() + "\"}";
    }
}
