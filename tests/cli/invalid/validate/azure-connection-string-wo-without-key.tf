resource "onomondo_connector" "test" {
  microsoft_azure_iot = { connection_string_wo = "HostName=h" } # nested warning: SharedAccessKey
}
