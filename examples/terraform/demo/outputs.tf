output "names" {
  description = "Names to give to `connector` on a SIM, by connector type."
  value = {
    for connector in [
      onomondo_connector.https,
      onomondo_connector.tls,
      onomondo_connector.aws,
      onomondo_connector.azure,
    ] : connector.type => connector.name
  }
}
