#!/usr/bin/env bash
# shellcheck source=e2e/cluster/lib.sh
. "$HERE/lib.sh"

# An image that cannot be pulled: the old job runs on, the pipeline says why, and a corrected spec goes on.
first_start 2.2/5.0.0 2
await_records 3000
job=$(field .status.deployed.flinkDeployment)
k -n "$NS" patch "kafkaflinkpipeline/$PIPELINE" --type merge -p '{"spec":{"flink":{"image":"localhost/nowhere:1"}}}'
await_field '.status.conditions[?(@.type=="Ready")].reason' ImagePullFailed 180
kfp -o wide
[ "$(field .status.deployed.flinkDeployment)" = "$job" ] || fail "another FlinkDeployment runs; expected $job"
await_records 3000
change '{"spec":{"flink":{"image":null}}}'
await_records 3000
judge
kfp
