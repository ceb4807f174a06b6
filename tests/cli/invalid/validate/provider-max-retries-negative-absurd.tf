provider "onomondo" {
  max_retries = -1e30 # error: `-1000000000000000000000000000000`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
