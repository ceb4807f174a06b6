# One connector for each region of a fleet, from a map. Tags have the names that the Onomondo web app shows.

terraform {
  required_version = ">= 1.6"

  required_providers {
    onomondo = {
      source = "onomondo/onomondo"
    }
  }
}

# Reads the API key from ONOMONDO_API_KEY.
provider "onomondo" {}

variable "regions" {
  description = "For each region, the URL that receives the traffic and the names of the connector's tags."
  type = map(object({
    url  = string
    tags = optional(set(string), [])
  }))
  default = {
    eu  = { url = "https://eu.example.com/messages", tags = ["Production"] }
    us  = { url = "https://us.example.com/messages", tags = ["Production"] }
    lab = { url = "https://lab.example.com/messages", tags = ["Staging"] }
  }
}

data "onomondo_tag" "region" {
  for_each = toset(flatten([for region in var.regions : region.tags]))
  name     = each.key
}

resource "onomondo_connector" "region" {
  for_each = var.regions

  name = "example-${each.key}"
  tags = [for tag in each.value.tags : data.onomondo_tag.region[tag].id]

  https = {
    host = each.value.url
  }

  # When a region is removed, wait for its SIMs to be unmapped.
  timeouts = {
    delete = "10m"
  }
}

output "connectors" {
  description = "Name of the connector of each region, to map SIMs to."
  value       = { for region, connector in onomondo_connector.region : region => connector.name }
}
