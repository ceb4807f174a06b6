resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
  tls   = { host = "a.example.com", port = 1, server_name = "a.example.com" } # error: `https`
}
