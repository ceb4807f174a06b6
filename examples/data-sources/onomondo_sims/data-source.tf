data "onomondo_tag" "production" {
  name = "Production"
}

# Activated SIMs with a tag.
data "onomondo_sims" "production" {
  tag       = data.onomondo_tag.production.id
  activated = true
}

# SIMs that are mapped to no connector.
data "onomondo_sims" "all" {}

output "unmapped" {
  value = [for sim in data.onomondo_sims.all.sims : sim.id if sim.connector == null]
}
