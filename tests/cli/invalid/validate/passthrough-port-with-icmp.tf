resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
  passthrough = [{ protocol = "icmp", port = 53 }] # error: ICMP has no ports
}
