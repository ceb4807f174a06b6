resource "onomondo_connector" "test" {
  name  = "ab" # error: `ab`
  https = { host = "https://example.com" }
}
