data "onomondo_connectors" "test" {
  type       = ""         # error: `type` is empty
  tag        = "Supplier" # error: `Supplier`. Use the ID of the tag
  name_regex = "fleet-("  # error: `fleet-(`. It is not a valid regular expression
  connectors = []         # error: The provider sets `connectors` itself
}
