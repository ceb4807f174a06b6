resource "onomondo_connector" "test" {
  microsoft_azure_iot = {} # nested error: `connection_string`
}
