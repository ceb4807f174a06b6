provider "onomondo" {
  request_timeout = "" # error: must be a duration greater than zero
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
