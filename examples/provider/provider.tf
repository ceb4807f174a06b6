terraform {
  required_providers {
    onomondo = {
      source = "onomondo/onomondo"
    }
  }
}

# The API key comes from the environment variable ONOMONDO_API_KEY.
provider "onomondo" {}

resource "onomondo_connector" "telemetry" {
  name = "telemetry"

  https = {
    host = "https://ingest.example.com/telemetry"
  }
}
