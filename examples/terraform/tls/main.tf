# Devices speak plain TCP; Onomondo opens the TLS connection for them. The private key is read when it
# is needed and stored nowhere:
#
#   export TF_VAR_client_key="$(cat ../certificates/client-key.pem)"
#   terraform apply
#
# A key that changes is sent by the next apply.

terraform {
  required_version = ">= 1.11"

  required_providers {
    onomondo = {
      source = "onomondo/onomondo"
    }
  }
}

# The key comes from ONOMONDO_API_KEY.
provider "onomondo" {}

variable "client_key" {
  description = "Private key of the client certificate, in PEM."
  type        = string
  ephemeral   = true
}

resource "onomondo_connector" "gateway" {
  name = "example-gateway"

  tls = {
    host        = "gateway.example.com"
    port        = 8883
    server_name = "gateway.example.com"
    ca          = file("${path.module}/../certificates/ca.pem")
    cert        = file("${path.module}/../certificates/client.pem")
    key_wo      = var.client_key
  }

  # Name resolution and ping go round the connector.
  passthrough = [
    { protocol = "udp", ip = "1.1.1.1", port = 53 },
    { protocol = "icmp" },
  ]
}

output "secrets" {
  description = "Which secrets Onomondo has, and when each was last changed."
  value       = onomondo_connector.gateway.meta
}
