#!/usr/bin/env bash
# shellcheck source=e2e/cluster/lib.sh
. "$HERE/lib.sh"

# Suspended it is Ready with its job stopped (the Flink operator keeps the JobManager for a day); resumed it goes on where it
# stopped.
first_start 2.2/5.0.0 2
await_records 3000
k -n "$NS" annotate "kafkaflinkpipeline/$PIPELINE" kafkaflink.io/suspend=true
await_field '.status.conditions[?(@.type=="Ready")].reason' Suspended 180
kfp
k -n "$NS" annotate "kafkaflinkpipeline/$PIPELINE" kafkaflink.io/suspend-
await_records 3000
await_ready
judge
kfp
