resource "onomondo_connector" "test" {
  name  = "" # error: `name`
  https = { host = "https://example.com" }
}
