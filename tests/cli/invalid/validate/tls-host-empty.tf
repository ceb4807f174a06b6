resource "onomondo_connector" "test" {
  tls = {
    host        = "" # nested error: `tls.host` is empty
    port        = 8883
    server_name = "a.example.com"
  }
}
