#!/usr/bin/env bash
# Scenarios of the rehearsal on a real cluster, judged by the same checker.
#   CLUSTER=node|kind|existing  where (see clusters/)
#   SCENARIOS="first-start ..."  which, in this order; default: all that the cluster's images allow
#   RATE=1000                   numbered records a second
#   KEEP=1                      leave cluster and pipelines as they are at the end
#   E2E_LOGS=FOLDER             where logs go when a scenario fails (default: e2e/target/cluster-logs)
# Exit code: 0 all scenarios passed, 1 one failed, 3 skipped because the cluster cannot be had here.
set -euo pipefail
HERE=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
REPO=$(readlink -f "$HERE/../..")
CLUSTER=${CLUSTER:-kind}
RATE=${RATE:-1000}
LOGS=${E2E_LOGS:-$REPO/e2e/target/cluster-logs}
TAG=${TAG:-e2e}
RUN=$(date +%d%H%M)
export CLUSTER RATE LOGS TAG HERE REPO RUN
# shellcheck source=e2e/cluster/lib.sh
. "$HERE/lib.sh"
TABLE=$WORK/table.txt
[ -e "$HERE/clusters/$CLUSTER.sh" ] || fail "CLUSTER is '$CLUSTER'; expected node, kind or existing"
# shellcheck source=e2e/cluster/clusters/node.sh
. "$HERE/clusters/$CLUSTER.sh"

# Before a cluster is made for it, which takes minutes.
SCENARIOS=${SCENARIOS:-$(all_scenarios)}
for name in $SCENARIOS; do
  [ -e "$HERE/scenarios/$name.sh" ] || fail "there is no scenario '$name'; expected one of: $(all_scenarios)"
done

missing=$(cluster_missing)
[ -z "$missing" ] || skip "$missing"

# shellcheck disable=SC2329  # by the trap
ended() {
  local code=$?
  case $code in 0 | 3) ;; *) collect_logs ;; esac
  [ -n "${KEEP:-}" ] || cluster_down
  exit "$code"
}
trap ended EXIT

step "cluster $CLUSTER"
cluster_up
step "images"
cluster_images
step "Kafka, Strimzi, Flink Kubernetes Operator"
cluster_operators
step "operator by Helm"
install_operator

: > "$TABLE"
failed=0
for name in $SCENARIOS; do
  step "scenario $name"
  if SCENARIO=${name#*-} bash "$HERE/scenarios/$name.sh"; then
    result=passed
  else
    result=FAILED failed=1
    collect_logs
  fi
  printf '%-22s %-7s %s\n' "$name" "$result" "$(traffic_row)" >> "$TABLE"
  if [ -z "${KEEP:-}" ] && ! cleanup_pipeline; then
    echo "FAILED: the pipeline of $name is not gone within its deadline" >&2
    failed=1
    collect_logs
  fi
done
echo
printf '%-22s %-7s %s\n' scenario result "in        out       lost  duplicated  out of order  longest pause"
cat "$TABLE"
exit $failed
