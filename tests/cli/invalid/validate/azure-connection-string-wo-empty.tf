resource "onomondo_connector" "test" {
  microsoft_azure_iot = { connection_string_wo = "" } # nested error: `microsoft_azure_iot.connection_string_wo` is empty
}
