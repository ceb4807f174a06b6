resource "onomondo_connector" "test" {
  microsoft_azure_iot = {} # error: `connection_string`
}
