locals {
  tls = var.destination.tls
}

resource "onomondo_connector" "this" {
  name        = var.name
  tags        = var.tags
  passthrough = var.passthrough
  timeouts    = var.timeouts

  https        = var.destination.https
  aws_iot_core = var.destination.aws_iot_core

  tls = local.tls == null ? null : {
    host           = local.tls.host
    port           = local.tls.port
    server_name    = coalesce(local.tls.server_name, local.tls.host)
    ca             = local.tls.ca
    cert           = local.tls.cert
    key_wo         = var.secrets.key
    key_wo_version = var.secrets_version
  }

  microsoft_azure_iot = var.destination.microsoft_azure_iot == null ? null : {
    connection_string_wo         = var.secrets.connection_string
    connection_string_wo_version = var.secrets_version
  }
}
