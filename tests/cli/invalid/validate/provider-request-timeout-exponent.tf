provider "onomondo" {
  request_timeout = "1e30s" # error: `1e30s`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
