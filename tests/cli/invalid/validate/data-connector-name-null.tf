data "onomondo_connector" "test" {
  name = null # error: `name` is null
}
