resource "onomondo_connector" "test" {
  https       = { host = "https://a.example.com" }
  passthrough = [{ protocol = "udp", ip = "1.1.1.1 " }] # error: starts or ends with white space
}
