resource "onomondo_connector" "test" {
  https = { host = "" } # nested error: `https.host` is empty
}
