#!/usr/bin/env bash
# shellcheck source=e2e/cluster/lib.sh
. "$HERE/lib.sh"

# A changed spec under load: another job from the savepoint of the old one.
first_start 2.2/5.0.0 2
await_records 3000
before=$(field .status.deployed.revision)
change '{"spec":{"state":{"checkpointInterval":"4s"}}}'
[ "$(field .status.deployed.revision)" != "$before" ] || fail "the revision is still $before"
await_records 3000
judge
kfp
