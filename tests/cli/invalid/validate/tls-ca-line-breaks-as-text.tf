resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = "a.example.com"
    ca          = replace(file("ca.pem"), "\n", "\\n") # nested error: the two characters `\n`
  }
}
