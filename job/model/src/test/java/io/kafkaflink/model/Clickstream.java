package io.kafkaflink.model;

import io.kafkaflink.model.JobConfiguration.KafkaConnection;
import io.kafkaflink.model.JobConfiguration.KafkaSink;
import io.kafkaflink.model.JobConfiguration.KafkaSource;
import io.kafkaflink.model.JobConfiguration.Sink;
import io.kafkaflink.model.JobConfiguration.Source;
import io.kafkaflink.model.JobConfiguration.Uids;
import java.util.List;
import java.util.Map;

/** A configuration with every kind of step, as the tests change it. */
final class Clickstream {
    static final JobConfiguration CONFIGURATION = new JobConfiguration(
            1,
            "shop",
            "clickstream",
            "v2_2",
            "5.0.0",
            new KafkaConnection("broker-0:9092,[::1]:9093", Map.of("request.timeout.ms", "30000")),
            new Source(source(), null),
            new EventTime(EventTime.Timestamp.Field, "timestamp", "60s", "10s"),
            steps(),
            List.of(
                    new Sink("main", sink(), null, null),
                    new Sink("log", null, new JobConfiguration.Print(), null),
                    new Sink("nowhere", null, null, new JobConfiguration.Discard())),
            new Uids("source-1", Map.of("main", "sink-main-1", "log", "sink-log-1", "nowhere", "sink-nowhere-3")));

    private Clickstream() {}

    private static KafkaSource source() {
        return new KafkaSource(
                List.of("clicks"),
                "shop.clickstream",
                StartingOffsets.committed(StartingOffsets.ResetStrategy.Earliest),
                new Format(
                        null,
                        new Format.Json(List.of(
                                new Field("userId", FieldType.String),
                                new Field("page", FieldType.String),
                                new Field("timestamp", FieldType.Long),
                                new Field("status", FieldType.Long),
                                new Field("bytes", FieldType.Long),
                                new Field("price", FieldType.Double),
                                new Field("bot", FieldType.Boolean)))),
                IsolationLevel.ReadCommitted,
                "1m",
                null,
                null,
                null,
                null);
    }

    private static List<Transform> steps() {
        return List.of(
                Transform.of("label", new Transform.Prefix("Seite: „\n", "page")),
                Transform.of("spread", new Transform.Rebalance()),
                Transform.of("people", new Transform.Filter("status == 200 && !bot")),
                Transform.of("visits", new Transform.KeyedCount("userId", "visit")),
                Transform.of("views", window()),
                Transform.of("once", new Transform.Deduplicate("page", "5m")),
                Transform.of("named", projection()));
    }

    private static Window window() {
        return new Window(
                "page",
                new Window.Tumbling("1m"),
                null,
                null,
                "30s",
                List.of(
                        Metric.count("views"),
                        Metric.distinct("visitors", "userId"),
                        Metric.sum("bytes", "bytes"),
                        Metric.sum("revenue", "price")));
    }

    private static Projection projection() {
        return new Projection(List.of(
                new Projection.Output("page", null, null),
                new Projection.Output("windowStart", null, null),
                new Projection.Output("windowEnd", null, null),
                new Projection.Output("views", null, null),
                new Projection.Output("visitors", null, null),
                new Projection.Output("bytes", null, null),
                new Projection.Output("earned", "revenue", null),
                new Projection.Output("share", null, new Projection.Literal(FieldType.Double, "0.5"))));
    }

    private static KafkaSink sink() {
        return new KafkaSink(
                "page-views",
                new Format(null, new Format.Json(null)),
                "page",
                new Delivery(Delivery.Guarantee.ExactlyOnce, null, "15m"),
                "shop.clickstream.main.",
                List.of(new Header("shop", "Größe: „1“", null), new Header("page", null, "page")),
                null,
                null,
                RecordTimestamp.None,
                null,
                Partitioning.Fixed,
                null,
                "page == ''");
    }
}
