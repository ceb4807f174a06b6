resource "onomondo_connector" "test" {
  https = { host = "http://example.com" } # error: `http://example.com`
}
