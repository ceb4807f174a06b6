resource "onomondo_connector" "test" {
  https = { host = "example.com" } # error: `example.com`
}
