# Every connector that the API key can see. `type`, `tag` and `name_regex` narrow it.
data "onomondo_connectors" "account" {}

locals {
  # Onomondo has types in beta, which the provider shows and cannot manage.
  manageable = ["aws_iot_core", "https", "microsoft_azure_iot", "tls"]

  # Names of connectors that this configuration manages already.
  managed = []

  # A resource is called as its connector. It cannot begin with a digit or a hyphen.
  to_adopt = {
    for connector in data.onomondo_connectors.account.connectors :
    connector.name => replace(connector.name, "/^([-0-9])/", "_$1")
    if contains(local.manageable, connector.type) && !contains(local.managed, connector.name)
  }
}

output "imports" {
  description = "An import block for each connector."
  value = join("\n", [for name, label in local.to_adopt : <<-EOT
    import {
      to = onomondo_connector.${label}
      id = "${name}"
    }
  EOT
  ])
}
