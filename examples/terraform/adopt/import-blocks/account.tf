# Every connector that the API key can see. Use `type`, `tag`, and `name_regex` to select fewer.
data "onomondo_connectors" "account" {}

locals {
  # Onomondo also has beta types, which the provider can read but not manage.
  manageable = ["aws_iot_core", "https", "microsoft_azure_iot", "tls"]

  # Names of connectors that this configuration already manages.
  managed = []

  # Each resource has the name of its connector, which must not begin with a digit or a hyphen.
  to_adopt = {
    for connector in data.onomondo_connectors.account.connectors :
    connector.name => replace(connector.name, "/^([-0-9])/", "_$1")
    if contains(local.manageable, connector.type) && !contains(local.managed, connector.name)
  }
}

output "imports" {
  description = "An `import` block for each connector."
  value = join("\n", [for name, label in local.to_adopt : <<-EOT
    import {
      to = onomondo_connector.${label}
      id = "${name}"
    }
  EOT
  ])
}
