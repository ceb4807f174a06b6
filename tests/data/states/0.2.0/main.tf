# All four variants, with secrets of every kind. Only what version 0.2.0 knows.

terraform {
  required_providers {
    onomondo = { source = "onomondo/onomondo" }
  }
}

resource "onomondo_connector" "https" {
  name  = "golden-https"
  tags  = ["a5023f47-1db8-425e-b664-dc0b8921f644"]
  https = { host = "https://ingest.example.com/messages" }
}

resource "onomondo_connector" "tls" {
  name        = "golden-tls"
  passthrough = [{ protocol = "udp", ip = "1.1.1.1", port = 53 }, { protocol = "icmp" }]
  timeouts    = { delete = "5m" }

  tls = {
    host        = "ingest.example.com"
    port        = 8883
    server_name = "ingest.example.com"
    ca          = file("ca.pem")
    cert        = file("client.pem")
    key         = file("client-key.pem")
  }
}

resource "onomondo_connector" "tls_write_only" {
  name = "golden-tls-write-only"

  tls = {
    host        = "10.0.0.1"
    port        = 443
    server_name = "ingest.example.com"
    cert        = file("client.pem")
    key_wo      = file("client-key.pem")
  }
}

resource "onomondo_connector" "tls_write_only_version" {
  name = "golden-tls-write-only-version"

  tls = {
    host           = "10.0.0.1"
    port           = 443
    server_name    = "ingest.example.com"
    key_wo         = file("client-key.pem")
    key_wo_version = 20260101
  }
}

resource "onomondo_connector" "aws_iot_core" {
  name = "golden-aws-iot-core"

  aws_iot_core = {
    region           = "eu-west-1"
    role             = "arn:aws:iam::123456789012:role/onomondo"
    publish_topic    = "up"
    subscribe_topic  = "down"
    default_protocol = "udp"
    default_port     = 4000
  }
}

resource "onomondo_connector" "microsoft_azure_iot" {
  name = "golden-azure"

  microsoft_azure_iot = {
    connection_string = "HostName=a.azure-devices.net;SharedAccessKeyName=n;SharedAccessKey=YQ=="
  }
}

resource "onomondo_connector" "microsoft_azure_iot_write_only" {
  name = "golden-azure-write-only"

  microsoft_azure_iot = {
    connection_string_wo = "HostName=a.azure-devices.net;SharedAccessKeyName=n;SharedAccessKey=YQ=="
  }
}

resource "onomondo_connector_sims" "none" {
  connector = onomondo_connector.https.name
  sim_ids   = []
}
