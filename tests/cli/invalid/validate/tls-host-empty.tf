resource "onomondo_connector" "test" {
  tls = {
    host        = "" # error: `host`
    port        = 8883
    server_name = "a.example.com"
  }
}
