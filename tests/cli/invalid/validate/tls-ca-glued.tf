resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = 8883
    server_name = "a.example.com"
    ca          = "${trimspace(file("ca.pem"))}${file("other-ca.pem")}" # nested error: `tls.ca` has a `-----BEGIN` or `-----END` marker that shares a line with other text
  }
}
