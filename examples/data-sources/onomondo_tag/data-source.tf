data "onomondo_tag" "production" {
  name = "Production"
}

resource "onomondo_connector" "telemetry" {
  name = "telemetry"
  tags = [data.onomondo_tag.production.id]

  https = {
    host = "https://ingest.example.com/telemetry"
  }
}
