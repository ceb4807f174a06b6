resource "onomondo_connector" "test" {
  https = { host = "https://a.example.com/\tin" } # nested error: a tab
}
