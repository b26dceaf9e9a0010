#!/usr/bin/env bash
# shellcheck source=e2e/cluster/lib.sh
. "$HERE/lib.sh"

# New uids of source and sink under load, as the connector's documentation has it, and nothing twice.
first_start 2.2/5.0.0 2
await_records 3000
before=$(field .status.deployed.revision)
change '{"spec":{"upgrade":{"uidChangeNonce":1}}}'
[ "$(field .status.deployed.revision)" != "$before" ] || fail "the revision is still $before"
await_records 3000
judge
kfp
k -n "$NS" get events --field-selector "involvedObject.name=$PIPELINE" --sort-by=.lastTimestamp
