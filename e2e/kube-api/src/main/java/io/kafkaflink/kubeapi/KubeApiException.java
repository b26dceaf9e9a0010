package io.kafkaflink.kubeapi;

/** The API server, or something it needs, failed; the message says what and where to look. */
public final class KubeApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KubeApiException(String message) {
        super(message);
    }

    KubeApiException(String message, Throwable cause) {
        super(message, cause);
    }
}
