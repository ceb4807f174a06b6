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

# Onomondo sends the data from the devices to this URL.
resource "onomondo_connector" "https" {
  name = "${var.prefix}-https"
  tags = var.tags

  https = {
    host               = var.https_host
    should_return_body = true
  }
}

# The SIMs with this tag send their traffic through the HTTPS connector.
data "onomondo_sims" "tagged" {
  tag = var.sim_tag
}

resource "onomondo_connector_sims" "https" {
  connector = onomondo_connector.https.name
  sim_ids   = data.onomondo_sims.tagged.ids
}

# Devices use plain TCP. Onomondo opens the TLS connection for them.
resource "onomondo_connector" "tls" {
  name = "${var.prefix}-tls"
  tags = var.tags

  tls = {
    host        = "ingest.example.com"
    port        = 8883
    server_name = "ingest.example.com"
    ca          = file("${path.module}/../certificates/ca.pem")
    cert        = file("${path.module}/../certificates/client.pem")
    key         = file("${path.module}/../certificates/client-key.pem")
  }

  # DNS and ping bypass the connector.
  passthrough = [
    { protocol = "udp", ip = "1.1.1.1", port = 53 },
    { protocol = "icmp" },
  ]
}

resource "onomondo_connector" "aws" {
  name = "${var.prefix}-aws"

  aws_iot_core = {
    region           = "eu-west-1"
    role             = "arn:aws:iam::123456789012:role/onomondo-iot"
    publish_topic    = "devices/telemetry"
    subscribe_topic  = "devices/commands"
    default_protocol = "udp"
    default_port     = 4000
  }
}

resource "onomondo_connector" "azure" {
  name = "${var.prefix}-azure"

  microsoft_azure_iot = {
    connection_string = var.azure_connection_string
  }
}
