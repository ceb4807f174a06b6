resource "onomondo_connector" "test" {
  https = { host = "example.com" } # nested error: example.com
}
