resource "onomondo_connector" "test" {
  https       = { host = "https://ingest.example.com" }
  passthrough = [{ protocol = null, ip = "1.1.1.1" }] # error: A rule has no `protocol`
}
