# Sourced by run.sh and by every scenario: what they share.
# shellcheck shell=bash
set -euo pipefail
NS=e2e
# A name of its own in each run: state that a former pipeline of that name has left is not taken up unasked (StateFound).
PIPELINE=${SCENARIO:-none}-${RUN:-0}
READY_MESSAGE='.status.conditions[?(@.type=="Ready")].message'
KUBECTL=${KUBECTL:-kubectl}
HELM=${HELM:-helm}
WORK=${WORK:-$REPO/e2e/target/cluster}

mkdir -p "$WORK"

step() { printf '\n== %s (%ss)\n' "$*" "$SECONDS"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
skip() { echo "SKIPPED: CLUSTER=$CLUSTER needs $*"; exit 3; }
k() { "$KUBECTL" "$@"; }

all_scenarios() { for f in "$HERE"/scenarios/*.sh; do basename "$f" .sh; done | tr '\n' ' '; }

# render FILE [NAME=VALUE...]: a manifest with ${NAME} replaced; an unknown name is an error.
render() {
  local file=$1 text pair
  shift
  text=$(<"$file")
  for pair in "NS=$NS" "PIPELINE=$PIPELINE" "RATE=$RATE" "TAG=$TAG" "$@"; do
    text=${text//"\${${pair%%=*}}"/${pair#*=}}
  done
  if grep -q '\${' <<<"$text"; then fail "$file: $(grep -o '\${[A-Z_]*}' <<<"$text" | sort -u | tr '\n' ' ')has no value"; fi
  printf '%s\n' "$text"
}

# await_definitions NAME...: until the API server has them and serves them.
await_definitions() {
  local name i
  for name in "$@"; do
    for i in $(seq 60); do
      k get crd "$name" >/dev/null 2>&1 && break
      [ "$i" -lt 60 ] || fail "there is no definition $name after 60 s"
      sleep 1
    done
    k wait --for=condition=Established "crd/$name" --timeout=60s >/dev/null
  done
}

# Into a namespace that lets restricted pods in only, and with the chart's own test.
install_operator() {
  k create namespace kafkaflink --dry-run=client -o yaml | k apply -f - >/dev/null
  k label namespace kafkaflink pod-security.kubernetes.io/enforce=restricted --overwrite >/dev/null
  "$HELM" upgrade --install kafkaflink-operator "$REPO/helm/kafkaflink-operator" \
    --namespace kafkaflink --create-namespace --wait --timeout 5m \
    --values <(render "$HERE/manifests/values.yaml" "REGISTRY=${REGISTRY:-}" "PREFIX=${REGISTRY:+$REGISTRY/}") > "$WORK/helm.log" ||
    fail "the chart is not ready after 5 min: $(tail -n 3 "$WORK/helm.log")"
  "$HELM" test kafkaflink-operator --namespace kafkaflink --logs > "$WORK/helm-test.log" 2>&1 ||
    fail "the chart's own test: $(tail -n 5 "$WORK/helm-test.log")"
  k -n kafkaflink get pods
}

# pipeline PAIR PARTITIONS [SPEC_PATCH]: applies the pipeline, as Flink line/connector, and a JSON merge patch over it.
pipeline() {
  local line=${1%/*} connector=${1#*/}
  render "$HERE/manifests/pipeline.yaml" "FLINK=v${line//./_}" "CONNECTOR=$connector" "PARTITIONS=$2" > "$WORK/pipeline.yaml"
  if [ -n "${3:-}" ]; then
    k patch --local -f "$WORK/pipeline.yaml" --type merge -p "$3" -o yaml > "$WORK/patched.yaml"
    mv "$WORK/patched.yaml" "$WORK/pipeline.yaml"
  fi
  k apply -f "$WORK/pipeline.yaml"
}

kfp() { k -n "$NS" get kafkaflinkpipeline "$PIPELINE" "$@"; }
field() { kfp -o "jsonpath={$1}"; }

# await_ready [SECONDS]: as a user or a pipeline of deployments would wait.
await_ready() {
  k -n "$NS" wait "kafkaflinkpipeline/$PIPELINE" --for=condition=Ready --timeout="${1:-300}s" >/dev/null ||
    fail "KafkaFlinkPipeline $NS/$PIPELINE is not Ready after ${1:-300} s: $(field "$READY_MESSAGE")"
}

# await_field JSONPATH VALUE [SECONDS]
await_field() {
  k -n "$NS" wait "kafkaflinkpipeline/$PIPELINE" --for="jsonpath={$1}=$2" --timeout="${3:-300}s" >/dev/null ||
    fail "KafkaFlinkPipeline $NS/$PIPELINE: $1 is '$(field "$1")' after ${3:-300} s; expected '$2'"
}

# change PATCH: a merge patch as `kubectl patch` takes it, and the wait until it runs.
change() {
  k -n "$NS" patch "kafkaflinkpipeline/$PIPELINE" --type merge -p "$1"
  await_field .status.observedGeneration "$(field .metadata.generation)" 60
  await_ready 420
}

# await_revision_after REVISION: another revision runs.
await_revision_after() {
  local i
  for i in $(seq 420); do
    [ "$(field .status.deployed.revision)" != "$1" ] && break
    sleep 1
  done
  [ "$(field .status.deployed.revision)" != "$1" ] || fail "revision $1 still runs after $i s: $(field .status.upgrade.step)"
  await_ready 120
}

# first_start PAIR PARTITIONS: from nothing to a pipeline with records in it.
first_start() {
  pipeline "$@"
  await_ready 420
  start_traffic
}

start_traffic() {
  k -n "$NS" delete job traffic --ignore-not-found --timeout=60s >/dev/null
  render "$HERE/manifests/traffic.yaml" "BOOTSTRAP=$BOOTSTRAP" "TRAFFIC_IMAGE=$TRAFFIC_IMAGE" | k apply -f - >/dev/null
  k -n "$NS" wait pod -l job-name=traffic --for=condition=Ready --timeout=120s >/dev/null
}

# await_records N: until so many more have come out, by the count that the traffic logs every 10 s.
records_out() { k -n "$NS" logs job/traffic --tail=20 2>/dev/null | sed -nE 's/.* ([0-9]+) records came out.*/\1/p' | tail -n 1; }
await_records() {
  local from goal i
  from=$(records_out); goal=$(( ${from:-0} + $1 ))
  for i in $(seq 300); do
    [ "$(records_out || true)" -ge "$goal" ] 2>/dev/null && return
    sleep 1
  done
  fail "after $i s only $(records_out) records have come out; expected $goal"
}

# judge: ends the traffic and has it compared; the verdict is the Job's.
judge() {
  k -n "$NS" exec job/traffic -- touch /tmp/stop
  local i
  for i in $(seq 240); do
    [ "$(k -n "$NS" get job traffic -o 'jsonpath={.status.succeeded}{.status.failed}')" = 1 ] && break
    sleep 1
  done
  k -n "$NS" logs job/traffic > "$WORK/traffic.log"
  sed -n '/^in  /,$p' "$WORK/traffic.log"
  [ "$(k -n "$NS" get job traffic -o 'jsonpath={.status.succeeded}')" = 1 ] || fail "the records are not right (after $i s)"
}

traffic_row() { sed -n '/^in  /{n;p;}' "$WORK/traffic.log" 2>/dev/null || true; }

cleanup_pipeline() {
  rm -f "$WORK/traffic.log"
  k -n "$NS" delete job traffic --ignore-not-found --timeout=60s &&
    k -n "$NS" delete kafkaflinkpipeline --all --timeout=240s
}

# What one wants to see after a failure; Secrets are not among it.
collect_logs() {
  local to
  to=$LOGS/$(date +%H%M%S)
  mkdir -p "$to"
  {
    k get pods -A -o wide
    k -n "$NS" get kafkaflinkpipelines,flinkdeployments,kafkatopics -o wide
    k -n "$NS" get events --sort-by=.lastTimestamp
  } > "$to/overview.txt" 2>&1 || true
  k -n "$NS" get kafkaflinkpipelines,flinkdeployments,configmaps,controllerrevisions -o yaml > "$to/resources.yaml" 2>&1 || true
  local ns pod
  for ns in kafkaflink kafka "$NS"; do
    for pod in $(k -n "$ns" get pods -o name 2>/dev/null); do
      k -n "$ns" logs "$pod" --all-containers --prefix > "$to/$ns-${pod#pod/}.log" 2>&1 || true
      k -n "$ns" logs "$pod" --all-containers --previous > "$to/$ns-${pod#pod/}-previous.log" 2>/dev/null || true
    done
  done
  echo "logs are in $to" >&2
}
