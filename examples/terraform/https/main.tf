# Onomondo sends the data from the devices to a URL, and returns the body of the response, presumably to the device.

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

variable "host" {
  description = "URL that the connector posts to. Onomondo shows it, including a token in its query."
  type        = string
  default     = "https://ingest.example.com/messages"
}

resource "onomondo_connector" "messages" {
  name = "example-messages"

  https = {
    host               = var.host
    should_return_body = true
  }
}

output "name" {
  description = "Name of the connector, to map SIMs to."
  value       = onomondo_connector.messages.name
}
