provider "onomondo" {
  max_retries = 1.5 # error: `max_retries`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
