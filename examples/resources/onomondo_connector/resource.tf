# What the devices send is posted to this URL.
resource "onomondo_connector" "telemetry" {
  name = "telemetry"

  https = {
    host = "https://ingest.example.com/telemetry"
  }
}
