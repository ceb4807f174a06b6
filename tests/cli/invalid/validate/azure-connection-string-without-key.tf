resource "onomondo_connector" "test" {
  microsoft_azure_iot = { connection_string = "HostName=h" } # nested warning: `SharedAccessKey=`
}
