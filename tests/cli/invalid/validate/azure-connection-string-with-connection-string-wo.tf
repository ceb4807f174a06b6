resource "onomondo_connector" "test" {
  microsoft_azure_iot = {
    connection_string    = "HostName=h;SharedAccessKeyName=n;SharedAccessKey=aw=="
    connection_string_wo = "HostName=h;SharedAccessKeyName=n;SharedAccessKey=aw==" # nested error: set the same secret
  }
}
