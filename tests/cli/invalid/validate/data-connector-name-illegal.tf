data "onomondo_connector" "test" {
  name = "two words" # error: `two words`. It must be 3 to 255 characters long
}
