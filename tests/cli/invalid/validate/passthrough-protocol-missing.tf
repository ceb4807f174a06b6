resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
  passthrough = [{ port = 53 }] # error: "protocol" is required
}
