# Sourced: the real Strimzi and Flink Kubernetes Operator from their charts.
#   STRIMZI_CHART, FKO_CHART    chart references or files; STRIMZI_IMAGE, FKO_IMAGE other images
# shellcheck shell=bash

real_strimzi() {
  local image=()
  [ -z "${STRIMZI_IMAGE:-}" ] || image=(--set "image.imageName=${STRIMZI_IMAGE%:*}" --set "image.imageTag=${STRIMZI_IMAGE##*:}")
  "$HELM" upgrade --install strimzi "$STRIMZI_CHART" --namespace kafka --create-namespace --wait --timeout 5m "${image[@]}"
  render "$REPO/k8s/quickstart/kafka.yaml" | k apply -f -
  k -n kafka wait kafka/events --for=condition=Ready --timeout=600s
  BOOTSTRAP=events-kafka-bootstrap.kafka:9092
  export BOOTSTRAP
}

real_fko() {
  local image=()
  [ -z "${FKO_IMAGE:-}" ] || image=(--set "image.repository=${FKO_IMAGE%:*}" --set "image.tag=${FKO_IMAGE##*:}")
  "$HELM" upgrade --install flink-kubernetes-operator "$FKO_CHART" --namespace flink-operator --create-namespace \
    --set webhook.create=false --wait --timeout 5m "${image[@]}"
}
