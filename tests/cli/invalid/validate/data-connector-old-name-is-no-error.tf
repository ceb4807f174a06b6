data "onomondo_connector" "test" {
  name = "old name.1"
}
