provider "onomondo" {
  requests_per_minute = 0.5 # error: `0.5`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
