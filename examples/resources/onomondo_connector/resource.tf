# Each packet of a device becomes a POST to this URL.
resource "onomondo_connector" "telemetry" {
  name = "telemetry"

  https = {
    host = "https://ingest.example.com/telemetry"
  }
}
