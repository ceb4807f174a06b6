resource "onomondo_connector" "test" {
  tls = { host = "a.example.com", port = 1, server_name = "a.example.com" } # warning: `ca`
}
