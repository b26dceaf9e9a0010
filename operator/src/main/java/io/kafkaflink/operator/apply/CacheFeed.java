package io.kafkaflink.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Takes the API server's answers to our writes, so that the next look does not see the time before them. */
public interface CacheFeed {

    void created(HasMetadata resource);

    /** @param previousVersion resourceVersion that was written over, null when not known */
    void updated(HasMetadata resource, String previousVersion);

    /** Feeds nothing; the informers' own events have to do. */
    static CacheFeed none() {
        return new CacheFeed() {
            @Override
            public void created(HasMetadata resource) {}

            @Override
            public void updated(HasMetadata resource, String previousVersion) {}
        };
    }
}
