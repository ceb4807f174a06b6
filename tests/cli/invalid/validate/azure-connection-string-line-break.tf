resource "onomondo_connector" "test" {
  microsoft_azure_iot = {
    connection_string = "HostName=h;SharedAccessKeyName=n;SharedAccessKey=aw==\n" # nested error: starts or ends with white space
  }
}
