# Devices use plain TCP. Onomondo opens the TLS connection for them. The private key is never stored:
#
#   export TF_VAR_client_key="$(cat ../certificates/client-key.pem)"
#   terraform apply
#
# When the key changes, the next apply sends it.

terraform {
  required_version = ">= 1.11"

  required_providers {
    onomondo = {
      source  = "onomondo/onomondo"
      version = "~> 0.2"
    }
  }
}

# Reads the API key from ONOMONDO_API_KEY.
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

  # DNS and ping bypass the connector.
  passthrough = [
    { protocol = "udp", ip = "1.1.1.1", port = 53 },
    { protocol = "icmp" },
  ]
}

output "secrets" {
  description = "Which secrets Onomondo has, and when each last changed."
  value       = onomondo_connector.gateway.meta
}
