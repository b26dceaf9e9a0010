#!/usr/bin/env bash
# One Kafka broker (KRaft, broker and controller in one). Settings from variables:
# KAFKA_ADVERTISED (host:port clients are told, default <host name>:9092), KAFKA_DATA
# (/tmp/kafka), KAFKA_HEAP (256m), KAFKA_PROPERTIES (more lines of server.properties).
# The broker's own tools: kafka topics|console-producer|console-consumer|configs|groups|perf ARGS.
set -e
CP='/opt/kafka/libs/*'
JAVA=(java -XX:+UseSerialGC -cp "$CP" -Dorg.slf4j.simpleLogger.defaultLogLevel="${KAFKA_LOG:-warn}" -Dorg.slf4j.simpleLogger.showDateTime=true)
case ${1:-broker} in
  broker) ;;
  topics) shift; exec "${JAVA[@]}" -Xmx128m org.apache.kafka.tools.TopicCommand "$@" ;;
  configs) shift; exec "${JAVA[@]}" -Xmx128m kafka.admin.ConfigCommand "$@" ;;
  groups) shift; exec "${JAVA[@]}" -Xmx128m org.apache.kafka.tools.consumer.group.ConsumerGroupCommand "$@" ;;
  console-producer) shift; exec "${JAVA[@]}" -Xmx128m org.apache.kafka.tools.ConsoleProducer "$@" ;;
  console-consumer) shift; exec "${JAVA[@]}" -Xmx128m org.apache.kafka.tools.consumer.ConsoleConsumer "$@" ;;
  perf) shift; exec "${JAVA[@]}" -Xmx256m org.apache.kafka.tools.ProducerPerformance "$@" ;;
  *) exec "$@" ;;
esac
D=${KAFKA_DATA:-/tmp/kafka}; mkdir -p "$D"
cat > /tmp/server.properties <<P
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@localhost:9093
listeners=PLAINTEXT://0.0.0.0:9092,CONTROLLER://localhost:9093
advertised.listeners=PLAINTEXT://${KAFKA_ADVERTISED:-$(hostname -f):9092}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$D
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=true
num.partitions=4
${KAFKA_PROPERTIES:-}
P
[ -e "$D/meta.properties" ] || "${JAVA[@]}" kafka.tools.StorageTool format -t "${KAFKA_CLUSTER_ID:-bm9kZS10ZXN0LWtma2ExMA}" -c /tmp/server.properties
exec "${JAVA[@]}" -Xmx"${KAFKA_HEAP:-256m}" kafka.Kafka /tmp/server.properties
