resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = "a.example.com"
    cert        = "  ${indent(2, file("client.pem"))}" # nested error: `tls.cert` is indented
  }
}
