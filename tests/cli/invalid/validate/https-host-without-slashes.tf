resource "onomondo_connector" "test" {
  https = { host = "https:a.example.com" } # nested error: https:a.example.com
}
