provider "onomondo" {
  api_key = "Bearer abc" # error: `Bearer`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
