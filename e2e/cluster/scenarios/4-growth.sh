#!/usr/bin/env bash
# shellcheck source=e2e/cluster/lib.sh
. "$HERE/lib.sh"

# Twice the partitions under load: the topic first, then the job, one subtask each.
first_start 2.2/5.0.0 2
await_records 3000
change '{"spec":{"source":{"kafka":{"topics":[{"name":"'"$PIPELINE"'-in","partitions":4}]}},
  "upgrade":{"growth":"GrowInPlace","acknowledge":[{"risk":"Reordering","value":"'"$PIPELINE"'-in 2->4"}]}}}'
[ "$(field .status.deployed.parallelism)" = 4 ] || fail "parallelism is $(field .status.deployed.parallelism); expected 4"
await_records 5000
judge
kfp
