#!/usr/bin/env bash
# shellcheck source=e2e/cluster/lib.sh
. "$HERE/lib.sh"

# From nothing to a job that counts; what a user sees is READY True and as many subtasks as partitions.
first_start 2.2/5.0.0 2
await_records 5000
[ "$(field .status.deployed.parallelism)" = 2 ] || fail "parallelism is $(field .status.deployed.parallelism); expected 2"
judge
kfp -o wide
