data "onomondo_connectors" "test" {
  type = "a-type-in-beta"
}
