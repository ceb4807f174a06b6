resource "onomondo_connector" "test" {
  microsoft_azure_iot = { connection_string = "" } # error: `connection_string`
}
