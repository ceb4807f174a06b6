resource "onomondo_connector" "test" {
  microsoft_azure_iot = { connection_string = "" } # nested error: `microsoft_azure_iot.connection_string` is empty
}
