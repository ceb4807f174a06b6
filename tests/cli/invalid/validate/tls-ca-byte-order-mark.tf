resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = "a.example.com"
    ca          = "\ufeff${file("ca.pem")}" # nested error: byte order mark
  }
}
