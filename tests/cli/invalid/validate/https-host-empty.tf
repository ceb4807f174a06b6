resource "onomondo_connector" "test" {
  https = { host = "" } # error: `host`
}
