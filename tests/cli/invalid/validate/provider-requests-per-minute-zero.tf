provider "onomondo" {
  requests_per_minute = 0 # error: `requests_per_minute`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
