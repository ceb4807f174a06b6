provider "onomondo" {
  request_timeout = "0s" # error: `0s`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
