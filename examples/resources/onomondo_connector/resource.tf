# Onomondo sends the data from the devices to this URL.
resource "onomondo_connector" "telemetry" {
  name = "telemetry"

  https = {
    host = "https://ingest.example.com/telemetry"
  }
}
