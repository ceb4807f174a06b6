provider "onomondo" {
  request_timeout = 30 # error: `30`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
