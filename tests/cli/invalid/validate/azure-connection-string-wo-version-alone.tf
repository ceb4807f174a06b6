resource "onomondo_connector" "test" {
  microsoft_azure_iot = { connection_string_wo_version = 1 } # nested error: which is not set
}
