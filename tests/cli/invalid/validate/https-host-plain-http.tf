resource "onomondo_connector" "test" {
  https = { host = "http://example.com" } # nested error: http://example.com
}
