resource "onomondo_connector" "test" {
  https = { host = "https://example.com" }
  tags = ["Supplier"] # error: `Supplier`
}
