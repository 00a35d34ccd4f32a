{{- define "identity.labels" -}}
app.kubernetes.io/name: identity
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "identity.selector" -}}
app.kubernetes.io/name: identity
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: node
{{- end }}

{{- define "identity.adminSelector" -}}
app.kubernetes.io/name: identity
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: admin
{{- end }}

{{- define "identity.image" -}}
{{- $repository := required "image.repository: registry/identity-server" .Values.image.repository -}}
{{- if .Values.image.digest -}}{{ $repository }}@{{ .Values.image.digest }}{{- else -}}{{ $repository }}:{{ required "image.digest or image.tag" .Values.image.tag }}{{- end -}}
{{- end }}

{{- define "identity.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "identity.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "identity.mounts" -}}
- { name: settings, mountPath: /settings, readOnly: true }
- { name: keys, mountPath: /keys, readOnly: true }
- { name: data, mountPath: /data }
{{- end }}

{{- define "identity.volumes" -}}
- name: settings
  secret: { secretName: {{ .Values.secrets.settings }}, defaultMode: 0440 }
- name: keys
  secret: { secretName: {{ .Values.secrets.masterKey }}, defaultMode: 0440 }
# Nothing lasting is written here: the database is PostgreSQL.
- name: data
  emptyDir: { sizeLimit: 64Mi }
{{- end }}

{{- define "identity.settings" -}}
Urls: http://0.0.0.0:8080
Oidc__Issuer: {{ required "issuer: https://…" .Values.issuer | quote }}
Province__NameVi: {{ required "province.nameVi" .Values.province.nameVi | quote }}
Province__NameEn: {{ required "province.nameEn" .Values.province.nameEn | quote }}
Province__Host: {{ required "province.host" .Values.province.host | quote }}
Province__ReferencePrefix: {{ required "province.referencePrefix" .Values.province.referencePrefix | quote }}
Storage__Provider: PostgreSql
Storage__MasterKeyFile: /keys/master.key
Node__DrainDelay: {{ printf "00:%02d:%02d" (div (int .Values.drainDelaySeconds) 60) (mod (int .Values.drainDelaySeconds) 60) | quote }}
Node__ShutdownTimeout: {{ printf "00:%02d:%02d" (div (int .Values.shutdownTimeoutSeconds) 60) (mod (int .Values.shutdownTimeoutSeconds) 60) | quote }}
{{- range $index, $proxy := .Values.trustedProxies }}
Listener__TrustedProxies__{{ $index }}: {{ $proxy | quote }}
{{- end }}
{{- range $name, $value := .Values.settings }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}
