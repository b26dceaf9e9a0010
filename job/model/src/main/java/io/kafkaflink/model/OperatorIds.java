package io.kafkaflink.model;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/** Flink's operator ids: what a savepoint calls the state of an operator. */
public final class OperatorIds {
    private OperatorIds() {}

    /**
     * The OperatorID of an explicit uid: murmur3 128 bit (x64, seed 0) of its UTF-8 bytes, as 32 lower-case hex digits;
     * the same in Flink 1.20 and 2.x ({@code StreamGraphHasherV2}).
     */
    public static String of(String uid) {
        return Hashing.murmur3_128(0).hashString(uid, StandardCharsets.UTF_8).toString();
    }

    /** The uid that Flink gives the committer of a two-phase sink by itself. */
    public static String committerUid(String sinkUid) {
        return "Sink Committer: " + sinkUid;
    }
}
