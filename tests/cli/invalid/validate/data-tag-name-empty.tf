data "onomondo_tag" "test" {
  name = " " # error: `name` is empty
}
