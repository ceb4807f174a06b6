resource "onomondo_connector" "test" {
  meta  = {} # error: `meta`
  https = { host = "https://example.com" }
}
