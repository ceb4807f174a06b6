resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 0 # error: 65535
    server_name = "a.example.com"
  }
}
