data "onomondo_tag" "test" {
  name = null # error: `name` is null
}
