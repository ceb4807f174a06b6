resource "onomondo_connector" "test" { # error: exactly one
  name = "fleet"
}
