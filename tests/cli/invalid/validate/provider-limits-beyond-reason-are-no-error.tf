provider "onomondo" {
  max_retries         = 1e30
  requests_per_minute = 1e30
  request_timeout     = "9999999h"
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
