resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = " a.example.com" # nested error: starts or ends with white space
  }
}
