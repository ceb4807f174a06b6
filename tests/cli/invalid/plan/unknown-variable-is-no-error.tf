resource "terraform_data" "port" {
  input = 70000
}

resource "onomondo_connector" "test" {
  tls = { # warning: `ca`
    host        = "a.example.com"
    port        = terraform_data.port.output
    server_name = "a.example.com"
  }
}
