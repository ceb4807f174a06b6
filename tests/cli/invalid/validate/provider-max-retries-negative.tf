provider "onomondo" {
  max_retries = -1 # error: `max_retries`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
