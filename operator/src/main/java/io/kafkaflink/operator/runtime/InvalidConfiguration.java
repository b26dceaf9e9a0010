package io.kafkaflink.operator.runtime;

import java.util.List;

/** The environment does not make a configuration; the message lists every problem, one a line. */
public final class InvalidConfiguration extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidConfiguration(List<String> problems) {
        super("the operator's configuration is not valid:\n- " + String.join("\n- ", problems));
    }
}
