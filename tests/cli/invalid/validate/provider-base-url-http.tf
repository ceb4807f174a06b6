provider "onomondo" {
  base_url = "http://api.example.com" # error: `https`
}

resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
}
