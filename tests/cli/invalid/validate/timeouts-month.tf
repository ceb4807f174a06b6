resource "onomondo_connector" "test" {
  https    = { host = "https://ingest.example.com" }
  timeouts = { create = "1M" } # nested error: `timeouts.create` is `1M`
}
