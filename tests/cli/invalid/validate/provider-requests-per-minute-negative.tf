provider "onomondo" {
  requests_per_minute = -600 # error: `-600`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
