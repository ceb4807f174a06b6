# For each region in a map, creates a connector and maps the SIMs of the region to it. Data sources find the tags by
# their names in the Onomondo web app.

terraform {
  required_version = ">= 1.6"

  required_providers {
    onomondo = {
      source  = "onomondo/onomondo"
      version = "~> 0.2"
    }
  }
}

# Reads the API key from ONOMONDO_API_KEY.
provider "onomondo" {}

variable "regions" {
  description = "For each region, the URL that receives the traffic, and the name of the tag of its connector and SIMs."
  type = map(object({
    url = string
    tag = string
  }))
  default = {
    ports = { url = "https://ports.example.com/messages", tag = "Containers" }
    roads = { url = "https://roads.example.com/messages", tag = "Production" }
    lab   = { url = "https://lab.example.com/messages", tag = "Staging" }
  }
}

data "onomondo_tag" "region" {
  for_each = var.regions

  name = each.value.tag
}

data "onomondo_sims" "region" {
  for_each = var.regions

  tag = data.onomondo_tag.region[each.key].id
}

resource "onomondo_connector" "region" {
  for_each = var.regions

  name = "example-${each.key}"
  tags = [data.onomondo_tag.region[each.key].id]

  https = {
    host = each.value.url
  }
}

# When a region is removed, its SIMs are unmapped before its connector is deleted.
resource "onomondo_connector_sims" "region" {
  for_each = var.regions

  connector = onomondo_connector.region[each.key].name
  sim_ids   = data.onomondo_sims.region[each.key].ids
}

output "sims" {
  description = "Number of SIMs that are mapped to each connector."
  value       = { for region, mapping in onomondo_connector_sims.region : mapping.connector => length(mapping.sim_ids) }
}
