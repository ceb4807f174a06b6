# Each packet that a device sends is a POST to a URL, and the body of the answer goes back to the
# device.

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

variable "host" {
  description = "URL that receives what devices send. Onomondo shows it, a token in its query included."
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
  description = "What SIMs are mapped to."
  value       = onomondo_connector.messages.name
}
