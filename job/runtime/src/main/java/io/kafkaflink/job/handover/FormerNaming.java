package io.kafkaflink.job.handover;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** How a sink that has written a state named its transactional ids. */
enum FormerNaming {
    /** Connector 3.x: by checkpoint, without a word of it in the state. */
    OfConnector3,
    Incrementing,
    Pooling;

    /**
     * Reads it from the state of a sink's writer as connectors from 3.0 to 5.0 write it ({@code KafkaWriterStateSerializer},
     * which is not public): version 1 has the prefix only, version 2 prefix, subtask, number of subtasks, owner of ids.
     */
    static final class Reader implements SimpleVersionedSerializer<FormerNaming> {
        private static final int OF_CONNECTOR_3 = 1;
        private static final int OF_CONNECTOR_5 = 2;
        /** Ordinal of {@code TransactionOwnership.EXPLICIT_BY_WRITER_STATE}. */
        private static final int BY_WRITER_STATE = 1;

        @Override
        public int getVersion() {
            return OF_CONNECTOR_5;
        }

        @Override
        public byte[] serialize(FormerNaming naming) {
            throw new UnsupportedOperationException("only read");
        }

        @Override
        public FormerNaming deserialize(int version, byte[] state) throws IOException {
            if (version == OF_CONNECTOR_3) {
                return OfConnector3;
            }
            if (version != OF_CONNECTOR_5) {
                throw new IOException("State of a Kafka sink's writer: found version " + version
                        + ", expected 1 or 2; this job is older than the state");
            }
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
                in.readUTF();
                in.readInt();
                in.readInt();
                return in.readInt() == BY_WRITER_STATE ? Pooling : Incrementing;
            }
        }
    }
}
