output "name" {
  description = "Name of the connector, to map SIMs to."
  value       = onomondo_connector.this.name
}

output "type" {
  description = "Type of the connector: `https`, `tls`, `aws_iot_core`, or `microsoft_azure_iot`."
  value       = onomondo_connector.this.type
}

output "secrets" {
  description = "For each secret, whether Onomondo has it and when it last changed."
  value       = onomondo_connector.this.meta
}
