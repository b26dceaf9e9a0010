#!/usr/bin/env bash
# shellcheck source=e2e/cluster/lib.sh
. "$HERE/lib.sh"

# Suspended no pod of Flink is left; resumed it goes on where it stopped.
first_start 2.2/5.0.0 2
await_records 3000
k -n "$NS" annotate "kafkaflinkpipeline/$PIPELINE" kafkaflink.io/suspend=true
k -n "$NS" wait pod -l type=flink-native-kubernetes --for=delete --timeout=180s
kfp
k -n "$NS" annotate "kafkaflinkpipeline/$PIPELINE" kafkaflink.io/suspend-
await_records 3000
await_ready
judge
kfp
