provider "onomondo" {
  request_timeout = "soon" # error: `soon`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
