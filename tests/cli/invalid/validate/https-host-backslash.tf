resource "onomondo_connector" "test" {
  https = { host = "https:\\\\a.example.com" } # nested error: a backslash
}
