resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = "a.example.com"
    cert        = file("client.pem")
    key_wo      = file("other-client-key.pem") # nested warning: certificate
  }
}
