resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = "a.example.com"
    key_wo      = "not a key" # nested error: contains no PEM private key
  }
}
