resource "onomondo_connector" "test" {
  https = {} # error: "host" is required
}
