{{- define "kafkaflink.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "kafkaflink.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "kafkaflink.name" .) .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "kafkaflink.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "kafkaflink.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride }}
{{- end }}

{{/* What never changes over the life of a release. */}}
{{- define "kafkaflink.selectorLabels" -}}
app.kubernetes.io/name: {{ include "kafkaflink.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "kafkaflink.labels" -}}
{{- $labels := dict
      "app.kubernetes.io/version" .Chart.AppVersion
      "app.kubernetes.io/managed-by" .Release.Service
      "app.kubernetes.io/part-of" "kafkaflink"
      "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_") }}
{{- $fixed := include "kafkaflink.selectorLabels" . | fromYaml }}
{{- mergeOverwrite (deepCopy .Values.commonLabels) $labels $fixed | toYaml }}
{{- end }}

{{/*
The metadata of every object of this chart. Takes root, name and, where they differ, namespace ("" for objects of the
cluster), labels, annotations.
*/}}
{{- define "kafkaflink.metadata" -}}
{{- $annotations := mergeOverwrite (deepCopy .root.Values.commonAnnotations) (default dict .annotations) -}}
name: {{ .name }}
{{- $namespace := hasKey . "namespace" | ternary .namespace (include "kafkaflink.namespace" .root) }}
{{- with $namespace }}
namespace: {{ . }}
{{- end }}
labels:
  {{- mergeOverwrite (deepCopy (default dict .labels)) (include "kafkaflink.labels" .root | fromYaml) | toYaml | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "kafkaflink.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "kafkaflink.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "kafkaflink.image" -}}
{{- $repository := .Values.image.repository }}
{{- with .Values.image.registry }}{{- $repository = printf "%s/%s" (trimSuffix "/" .) $repository }}{{- end }}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $repository .Values.image.digest }}
{{- else -}}
{{- printf "%s:%s" $repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* The rules of a role as the kustomize base has them; files/ holds copies of k8s/base, and a test compares. */}}
{{- define "kafkaflink.rules" -}}
{{- $documents := splitList "\n---\n" (.root.Files.Get (printf "files/%s.yaml" .file)) }}
{{- (index $documents 0 | fromYaml).rules | toYaml }}
{{- end }}

{{/* A role and its binding. Takes root, file, suffix; namespace ("" for the whole cluster). */}}
{{- define "kafkaflink.boundRole" -}}
{{- $kind := empty .namespace | ternary "ClusterRole" "Role" }}
{{- /* With the namespace in the name: two releases of one name may share a namespace of topics, or the cluster. */}}
{{- $own := printf "%s:%s-%s" (include "kafkaflink.namespace" .root) (include "kafkaflink.fullname" .root) .suffix }}
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ $kind }}
metadata:
  {{- include "kafkaflink.metadata" (dict "root" .root "name" $own "namespace" .namespace) | nindent 2 }}
rules:
{{ include "kafkaflink.rules" . }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ $kind }}Binding
metadata:
  {{- include "kafkaflink.metadata" (dict "root" .root "name" $own "namespace" .namespace) | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ $kind }}
  name: {{ $own }}
subjects:
- kind: ServiceAccount
  name: {{ include "kafkaflink.serviceAccountName" .root }}
  namespace: {{ include "kafkaflink.namespace" .root }}
{{- end }}

{{/* Refusals that a schema cannot put into words. */}}
{{- define "kafkaflink.validate" -}}
{{- if and (gt (int .Values.replicaCount) 1) (not .Values.leaderElection.enabled) }}
{{- fail (printf "replicaCount is %d and leaderElection.enabled is false: two operators without a leader would write against each other. Set leaderElection.enabled=true or replicaCount=1." (int .Values.replicaCount)) }}
{{- end }}
{{- if and .Values.metrics.serviceMonitor.enabled .Values.metrics.podMonitor.enabled }}
{{- fail "metrics.serviceMonitor.enabled and metrics.podMonitor.enabled are both true: every sample would be there twice. Set one of them to false." }}
{{- end }}
{{- if and (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) .Values.rbac.create }}
{{- fail "serviceAccount.create is false and serviceAccount.name is empty: the operator's rights would go to the account \"default\" of the namespace. Set serviceAccount.name to an account that exists." }}
{{- end }}
{{- range .Values.extraEnv }}
{{- if hasPrefix "KAFKAFLINK_" .name }}
{{- fail (printf "extraEnv sets %s: the operator's settings are values of this chart (README.md lists them)." .name) }}
{{- end }}
{{- end }}
{{- end }}
