resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = "a.example.com"
    ca          = substr(file("ca.pem"), 0, 200) # nested error: `-----END` line is missing or does not match
  }
}
