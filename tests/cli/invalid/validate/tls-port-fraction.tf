resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 1.5 # nested error: 65535
    server_name = "a.example.com"
  }
}
