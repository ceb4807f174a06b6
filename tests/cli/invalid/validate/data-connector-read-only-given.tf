data "onomondo_connector" "test" {
  name = "fleet"
  type = "tls"                    # error: The provider sets `type` itself
  tls  = { host = "example.com" } # error: The provider sets `tls` itself
}
