terraform {
  required_providers {
    onomondo = {
      source  = "onomondo/onomondo"
      version = "~> 0.2"
    }
  }
}

# Reads the API key from the environment variable ONOMONDO_API_KEY.
provider "onomondo" {}

resource "onomondo_connector" "telemetry" {
  name = "telemetry"

  https = {
    host = "https://ingest.example.com/telemetry"
  }
}
