# One connector for each region of a fleet, out of one map. Tags are named as in the Onomondo web app.

terraform {
  required_version = ">= 1.6"

  required_providers {
    onomondo = {
      source = "onomondo/onomondo"
    }
  }
}

# The key comes from ONOMONDO_API_KEY.
provider "onomondo" {}

variable "regions" {
  description = "Where the devices of each region send to, and the names of the tags on its connector."
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

  # SIMs may still be mapped when a region goes: the delete waits for them.
  timeouts = {
    delete = "10m"
  }
}

output "connectors" {
  description = "The name to map the SIMs of each region to."
  value       = { for region, connector in onomondo_connector.region : region => connector.name }
}
