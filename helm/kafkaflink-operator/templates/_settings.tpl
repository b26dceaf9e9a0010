{{/* The operator's settings as environment variables; docs/configuration.md explains each. Unset means its default. */}}
{{- define "kafkaflink.settings" }}
{{- $images := list }}
{{- range $pair, $image := .Values.pipelines.jobImages }}
{{- $images = append $images (printf "%s=%s" $pair $image) }}
{{- end -}}
- name: KAFKAFLINK_LEADER_ELECTION
  value: {{ .Values.leaderElection.enabled | quote }}
{{- with .Values.watchNamespaces }}
- name: KAFKAFLINK_WATCH_NAMESPACES
  value: {{ join "," . | quote }}
{{- end }}
{{- with .Values.topicNamespaces }}
- name: KAFKAFLINK_TOPIC_NAMESPACES
  value: {{ join "," . | quote }}
{{- end }}
{{- with $images }}
- name: KAFKAFLINK_JOB_IMAGES
  value: {{ join "," . | quote }}
{{- end }}
{{- with .Values.pipelines.stateDir }}
- name: KAFKAFLINK_STATE_DIR
  value: {{ . | quote }}
{{- end }}
- name: KAFKAFLINK_SERVICE_ACCOUNT
  value: {{ .Values.pipelines.serviceAccount | quote }}
{{- with .Values.tenants }}
- name: KAFKAFLINK_TENANTS
  value: {{ toJson . | quote }}
{{- end }}
{{- with .Values.pipelines.identityPrefix }}
- name: KAFKAFLINK_IDENTITY_PREFIX
  value: {{ . | quote }}
{{- end }}
- name: KAFKAFLINK_HEALTH_PORT
  value: {{ .Values.operator.healthPort | quote }}
- name: KAFKAFLINK_CLEANUP_TIMEOUT
  value: {{ .Values.operator.cleanupTimeout | quote }}
- name: KAFKAFLINK_REQUEUE_INTERVAL
  value: {{ .Values.operator.requeueInterval | quote }}
- name: KAFKAFLINK_RECONCILIATION_THREADS
  value: {{ .Values.operator.reconciliationThreads | quote }}
- name: KAFKAFLINK_LOG_FORMAT
  value: {{ .Values.logging.format | quote }}
- name: KAFKAFLINK_LOG_LEVEL
  value: {{ .Values.logging.level | quote }}
{{- with .Values.operator.javaToolOptions }}
- name: JAVA_TOOL_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- end }}
