variable "port" {
  default = 70000
}

resource "onomondo_connector" "test" {
  tls = {
    host        = "a.example.com"
    port        = var.port # nested error: 70000
    server_name = "a.example.com"
  }
}
