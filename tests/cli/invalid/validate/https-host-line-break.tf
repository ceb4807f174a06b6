resource "onomondo_connector" "test" {
  https = { host = "https://a.example.com\n" } # nested error: a line break
}
