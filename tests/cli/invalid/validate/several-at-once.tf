resource "onomondo_connector" "test" {
  name = "abc"
  tags = ["b"] # error: `b`

  tls = {
    host        = "a.example.com"
    port        = 0 # nested error: 65535
    server_name = "" # nested error: `tls.server_name` is empty
  }
}
