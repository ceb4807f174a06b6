resource "onomondo_connector" "test" {
  tls = { host = "a.example.com", port = 1 } # error: "server_name" is required
}
