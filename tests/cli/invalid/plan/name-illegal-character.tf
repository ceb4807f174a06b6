resource "onomondo_connector" "test" {
  name  = "fleet telemetry" # error: `fleet telemetry`
  https = { host = "https://example.com" }
}
