provider "onomondo" {
  request_timeout = "-5s" # error: `-5s`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
