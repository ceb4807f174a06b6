resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = "a.example.com"
    key         = file("client-key.pem")
    key_wo      = file("client-key.pem") # nested error: `key` and `key_wo` set the same secret
  }
}
