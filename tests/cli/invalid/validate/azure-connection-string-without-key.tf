resource "onomondo_connector" "test" {
  microsoft_azure_iot = { connection_string = "HostName=h" } # warning: `SharedAccessKey=`
}
