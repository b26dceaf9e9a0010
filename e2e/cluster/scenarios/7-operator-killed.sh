#!/usr/bin/env bash
# shellcheck source=e2e/cluster/lib.sh
. "$HERE/lib.sh"

# The leader of two replicas is lost in the middle of an upgrade: the other one brings it to its end.
first_start 2.2/5.0.0 2
await_records 3000
before=$(field .status.deployed.revision)
leader=$(k -n kafkaflink get lease -o 'jsonpath={.items[0].spec.holderIdentity}')
k -n "$NS" patch "kafkaflinkpipeline/$PIPELINE" --type merge -p '{"spec":{"upgrade":{"uidChangeNonce":1}}}'
await_field .status.upgrade.step Arm 60
k -n kafkaflink delete pod "$leader" --force --grace-period=0
await_revision_after "$before"
next=$(k -n kafkaflink get lease -o 'jsonpath={.items[0].spec.holderIdentity}')
[ "$next" != "$leader" ] || fail "the lease is still held by $leader"
await_records 3000
judge
kfp
k -n kafkaflink get pods
