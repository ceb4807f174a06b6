data "onomondo_connector" "test" {
  name = "" # error: `name` is empty
}
