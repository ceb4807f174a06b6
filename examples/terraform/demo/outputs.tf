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

output "tls_secrets" {
  description = "Which secrets of the TLS connector are set, and when each was last changed."
  value       = onomondo_connector.tls.meta
}
