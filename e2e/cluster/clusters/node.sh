# A single-node Kubernetes on this machine, from node/, for machines without an image registry.
#   NODE_ROOT=FOLDER                 where it lives (default: ~/.cache/kafkaflink/node), about 6 GiB
#   FLINK_VERSIONS="2.2.1 1.20.3"    Flink images to make (default: 2.2.1)
#   FKO_CHART, FKO_IMAGE             the real Flink Kubernetes Operator instead of the double
#   STRIMZI_CHART, STRIMZI_IMAGE     the real Strimzi instead of the double and the plain broker
# Root on Linux; the first time takes 10 to 12 minutes on two cores, later ones half a minute.
# shellcheck shell=bash
NODE_ROOT=${NODE_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/kafkaflink/node}
BOOTSTRAP=10.96.0.92:9092
TRAFFIC_IMAGE=kafkaflink-rehearsal:$TAG
FLINK_VERSIONS=${FLINK_VERSIONS:-2.2.1}
# shellcheck source=e2e/cluster/operators.sh
. "$HERE/operators.sh"
STATE_PATH=$NODE_ROOT/data/shared/$NS
export BOOTSTRAP TRAFFIC_IMAGE FLINK_VERSIONS

# What keeps this machine from having such a node; empty when nothing does.
cluster_missing() {
  [ "$(uname -s)" = Linux ] || { echo "Linux, found $(uname -s)"; return; }
  [ "$(id -u)" = 0 ] || { echo "root, found user $(id -un)"; return; }
  command -v apt-get >/dev/null || { echo "Debian's packages (apt-get)"; return; }
  command -v go >/dev/null || { echo "Go 1.24 or newer"; return; }
  command -v python3 >/dev/null || { echo "Python 3 with pip"; return; }
  [ -w /sys/fs/cgroup ] || { echo "a writable /sys/fs/cgroup"; return; }
  mkdir -p "$NODE_ROOT"
  [ "$(df --output=avail -k "$NODE_ROOT" | tail -n 1)" -gt 12000000 ] || { echo "12 GB of free disk for $NODE_ROOT"; return; }
  # A node needs to make mounts and network namespaces.
  unshare --mount --net true 2>/dev/null || echo "the right to make mount and network namespaces"
}

cluster_up() {
  mkdir -p "$NODE_ROOT"
  cp -r "$HERE/node/." "$NODE_ROOT/"
  (cd "$NODE_ROOT" && env -u ROOT ./all.sh) 2>&1 | tee "$NODE_ROOT/up.log" ||
    skip "a node, and this machine gives none: $(tail -n 2 "$NODE_ROOT/up.log" 2>/dev/null | tr '\n' ' ')(logs: $NODE_ROOT/log)"
  KUBECONFIG=$NODE_ROOT/kubeconfig/admin.conf
  PATH=$NODE_ROOT/bin:$PATH
  export KUBECONFIG PATH
  install -d -m 1777 "$STATE_PATH"
  HELM=$(helm_binary)
  export HELM
}

# The Helm that the chart's tests have built, or built here from the same module.
helm_binary() {
  local module=$REPO/e2e/install/helm4 version binary
  version=$(sed -nE 's#.*helm.sh/helm/v4 v([0-9.]+).*#\1#p' "$module/go.mod")
  binary=$HOME/.kubeapitest/tools/helm-$version-linux-amd64
  if [ ! -x "$binary" ]; then
    binary=$NODE_ROOT/bin/helm
    [ -x "$binary" ] || (cd "$module" && CGO_ENABLED=0 go build -o "$binary" helm.sh/helm/v4/cmd/helm) >&2
  fi
  echo "$binary"
}

# Operator, jobs and the rehearsal by Jib, on the bases of node/images.
cluster_images() {
  local out=$WORK/images jobs="" lines="" v
  for v in $FLINK_VERSIONS; do
    jobs=$jobs,${v%.*}=tar://$NODE_ROOT/images/out/flink-$v.tar lines=$lines,${v%.*}
  done
  rm -rf "$out"
  (cd "$REPO" && make --no-print-directory images TAG="$TAG" ARGS="--to $out --flink ${lines#,} \
    --operator-base tar://$NODE_ROOT/images/out/java17.tar --job-base ${jobs#,} \
    --rehearsal-base tar://$NODE_ROOT/images/out/flink-2.2.1.tar") > "$WORK/images.log" 2>&1 ||
    fail "make images: $(tail -n 5 "$WORK/images.log")"
  local f
  for f in "$out"/*.tar; do
    ctr_ images import --digests=false "$f" >/dev/null
    echo "imported $(basename "$f")"
  done
}

ctr_() { CONTAINERD_ADDRESS=/run/node-containerd/containerd.sock CONTAINERD_NAMESPACE=k8s.io ctr "$@"; }

cluster_operators() {
  local double=""
  k create namespace kafka --dry-run=client -o yaml | k apply -f - >/dev/null
  render "$HERE/manifests/namespace.yaml" "STATE_PATH=$STATE_PATH" | k apply -f - >/dev/null
  if [ -n "${STRIMZI_CHART:-}" ]; then
    real_strimzi
  else
    render "$HERE/manifests/kafka-node.yaml" | k apply -f - >/dev/null
    k -n kafka rollout status statefulset/kafka --timeout=180s
    double=topics
  fi
  if [ -n "${FKO_CHART:-}" ]; then real_fko; else double=${double:+$double,}flink; fi
  if [ -n "$double" ]; then
    echo "doubles stand in for: $double"
    render "$HERE/manifests/doubles.yaml" "TRAFFIC_IMAGE=$TRAFFIC_IMAGE" "BOOTSTRAP=$BOOTSTRAP" \
      "STAND_IN_FOR=$double" "STATE_PATH=$STATE_PATH" | k apply -f - >/dev/null
    k -n kafka rollout status deployment/doubles --timeout=180s
    await_definitions flinkdeployments.flink.apache.org flinkstatesnapshots.flink.apache.org kafkatopics.kafka.strimzi.io
  fi
}

cluster_down() { (cd "$NODE_ROOT" && env -u ROOT ./down.sh --wipe); }
