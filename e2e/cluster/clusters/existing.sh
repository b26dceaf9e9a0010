# Whatever KUBECONFIG names, with Strimzi, its Kafka and the Flink Kubernetes Operator there already.
#   REGISTRY=registry.example/team   our images, pushed there by `make images PUSH=... ARGS=--rehearsal`; TAG as there
#   BOOTSTRAP=HOST:PORT              of the Kafka resource kafka/events, listener plain, from inside the cluster
#   STATE_PATH=FOLDER                a folder that every node shares, for the volume of checkpoints and savepoints
# Everything is made in the namespaces e2e and kafkaflink; those are deleted at the end.
# shellcheck shell=bash
BOOTSTRAP=${BOOTSTRAP:-events-kafka-bootstrap.kafka:9092}
TRAFFIC_IMAGE=${REGISTRY:+$REGISTRY/}kafkaflink-rehearsal:$TAG
export BOOTSTRAP TRAFFIC_IMAGE

cluster_missing() {
  local tool
  for tool in kubectl helm; do command -v "$tool" >/dev/null || { echo "$tool on the PATH"; return; }; done
  [ -n "${REGISTRY:-}" ] || { echo "REGISTRY, where our images are"; return; }
  [ -n "${STATE_PATH:-}" ] || { echo "STATE_PATH, a folder that every node shares"; return; }
  k get --raw /readyz >/dev/null 2>&1 || { echo "a cluster that kubectl reaches"; return; }
  k get crd flinkdeployments.flink.apache.org kafkatopics.kafka.strimzi.io >/dev/null 2>&1 ||
    echo "Strimzi and the Flink Kubernetes Operator in the cluster"
}

cluster_up() { k version; }
cluster_images() { echo "as pushed to $REGISTRY"; }
cluster_operators() { render "$HERE/manifests/namespace.yaml" "STATE_PATH=$STATE_PATH" | k apply -f -; }
cluster_down() {
  "$HELM" uninstall kafkaflink-operator --namespace kafkaflink --wait || true
  k delete namespace "$NS" kafkaflink --ignore-not-found
  k delete pv "$NS-state" --ignore-not-found
}
