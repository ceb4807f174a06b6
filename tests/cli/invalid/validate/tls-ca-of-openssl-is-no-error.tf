resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = "a.example.com"
    ca          = join("\n", [
      replace(file("ca.pem"), "CERTIFICATE", "X509 CERTIFICATE"),
      replace(file("other-ca.pem"), "CERTIFICATE", "TRUSTED CERTIFICATE"),
    ])
  }
}
