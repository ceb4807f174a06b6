resource "onomondo_connector" "fleet" {
  name = "fleet-telemetry"

  https = {
    host = "https://ingest.example.com/fleet"
  }
}

data "onomondo_tag" "production" {
  name = "Production"
}

data "onomondo_sims" "production" {
  tag = data.onomondo_tag.production.id
}

# Every SIM with the tag.
resource "onomondo_connector_sims" "production" {
  connector = onomondo_connector.fleet.name
  sim_ids   = data.onomondo_sims.production.ids
}
