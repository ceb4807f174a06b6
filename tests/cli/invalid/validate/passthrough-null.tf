resource "onomondo_connector" "test" {
  https       = { host = "https://ingest.example.com" }
  passthrough = [{ protocol = null, ip = "1.1.1.1" }] # error: The rule `{ ip = "1.1.1.1" }` has no `protocol`
}
