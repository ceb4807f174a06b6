resource "onomondo_connector" "test" {
  name = "a" # error: `a`
  tags = ["b"] # error: `b`

  tls = {
    host        = "a.example.com"
    port        = 0 # error: 65535
    server_name = "" # error: `server_name`
  }
}
