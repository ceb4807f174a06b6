provider "onomondo" {
  request_timeout = "9999999999999999999h" # error: `9999999999999999999h`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
