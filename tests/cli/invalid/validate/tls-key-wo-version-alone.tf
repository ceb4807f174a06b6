resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = "a.example.com"
    key_wo_version = 1 # nested error: which is not set
  }
}
