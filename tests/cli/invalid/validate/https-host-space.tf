resource "onomondo_connector" "test" {
  https = { host = "https://a.example.com/in coming" } # nested error: a space
}
