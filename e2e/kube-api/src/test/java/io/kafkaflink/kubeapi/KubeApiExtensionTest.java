package io.kafkaflink.kubeapi;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;

class KubeApiExtensionTest {

    @TempDir
    static Path emptyCache;

    @Test
    void withoutBinariesAClassIsSkippedWithTheExactReason() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(NeedsAnApi.class))
                .execute()
                .containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        EventConditions.skippedWithReason(reason -> reason.contains("nothing usable is cached in")
                                && reason.contains(emptyCache.toString())));
    }

    static class NeedsAnApi {

        @RegisterExtension
        static final KubeApiExtension EXTENSION = new KubeApiExtension(
                new KubeApiBinaries(new BinariesCache(emptyCache, Platform.current()), List.of(), line -> {}));

        @Test
        void neverRuns(KubeApi api) {
            throw new AssertionError("ran with " + api.description());
        }
    }
}
