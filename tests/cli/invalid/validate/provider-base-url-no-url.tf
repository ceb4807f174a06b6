provider "onomondo" {
  base_url = "api.example.com" # error: `api.example.com`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
