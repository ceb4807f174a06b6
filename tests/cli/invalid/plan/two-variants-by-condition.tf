variable "on" {
  default = true
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
  microsoft_azure_iot = var.on ? { connection_string = "HostName=h;SharedAccessKeyName=n;SharedAccessKey=aw==" } : null # error: `https`
}
