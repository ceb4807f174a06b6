data "onomondo_connectors" "test" {
  type       = ""         # error: `type` is empty
  tag        = "Supplier" # error: `Supplier`. A tag is given by its ID
  name_regex = "fleet-("  # error: `fleet-(`. It is no regular expression
  connectors = []         # error: `connectors` is set by the provider
}
