data "onomondo_connector" "test" {
  name = "fleet"
  type = "tls"                    # error: `type` is set by the provider
  tls  = { host = "example.com" } # error: `tls` is set by the provider
}
