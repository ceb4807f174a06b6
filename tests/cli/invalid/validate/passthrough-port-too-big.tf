resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
  passthrough = [{ protocol = "udp", port = 65536 }] # error: 65535
}
