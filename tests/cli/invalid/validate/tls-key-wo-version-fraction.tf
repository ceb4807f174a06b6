resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = "a.example.com"
    key_wo      = file("client-key.pem")
    key_wo_version = 1.5 # nested error: whole number
  }
}
