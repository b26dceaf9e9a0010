# A kind cluster with the real Strimzi and Flink Kubernetes Operator from their charts, and our images loaded into it.
#   KIND_NAME=kafkaflink-e2e, KIND_IMAGE   name of the cluster; node image, default: that of kind
#   STRIMZI_CHART, FKO_CHART               other charts than the released ones below
# Needs a container runtime, kind, kubectl and Helm on the PATH, and a network for charts and images.
# shellcheck shell=bash
# shellcheck source=e2e/cluster/operators.sh
. "$HERE/operators.sh"
KIND_NAME=${KIND_NAME:-kafkaflink-e2e}
STRIMZI_CHART=${STRIMZI_CHART:-oci://quay.io/strimzi-helm/strimzi-kafka-operator}
FKO_CHART=${FKO_CHART:-https://archive.apache.org/dist/flink/flink-kubernetes-operator-1.15.0/flink-kubernetes-operator-1.15.0-helm.tgz}
TRAFFIC_IMAGE=kafkaflink-rehearsal:$TAG
STATE_PATH=/var/lib/kafkaflink-e2e
export TRAFFIC_IMAGE

cluster_missing() {
  local tool
  for tool in docker kind kubectl helm; do
    command -v "$tool" >/dev/null || { echo "$tool on the PATH"; return; }
  done
  docker info >/dev/null 2>&1 || echo "a container runtime that docker can reach"
}

cluster_up() {
  kind get clusters | grep -qx "$KIND_NAME" ||
    kind create cluster --name "$KIND_NAME" --wait 180s ${KIND_IMAGE:+--image "$KIND_IMAGE"}
  KUBECONFIG=$WORK/kubeconfig
  export KUBECONFIG
  kind get kubeconfig --name "$KIND_NAME" > "$KUBECONFIG"
  docker exec "$KIND_NAME-control-plane" install -d -m 1777 "$STATE_PATH"
}

cluster_images() {
  local out=$WORK/images f
  rm -rf "$out"
  (cd "$REPO" && make --no-print-directory images TAG="$TAG" ARGS="--to $out --rehearsal") > "$WORK/images.log" 2>&1 ||
    fail "make images: $(tail -n 5 "$WORK/images.log")"
  for f in "$out"/*.tar; do kind load image-archive "$f" --name "$KIND_NAME"; done
}

cluster_operators() {
  render "$HERE/manifests/namespace.yaml" "STATE_PATH=$STATE_PATH" | k apply -f - >/dev/null
  real_strimzi
  real_fko
}

cluster_down() { kind delete cluster --name "$KIND_NAME"; }
