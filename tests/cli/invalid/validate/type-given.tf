resource "onomondo_connector" "test" {
  type  = "https" # error: `type`
  https = { host = "https://example.com" }
}
