resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
  passthrough = [{ protocol = "sctp" }] # error: sctp
}
