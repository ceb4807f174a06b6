output "names" {
  description = "Names of the connectors, by type."
  value = {
    for connector in [
      onomondo_connector.https,
      onomondo_connector.tls,
      onomondo_connector.aws,
      onomondo_connector.azure,
    ] : connector.type => connector.name
  }
}
