data "onomondo_tag" "production" {
  name = "Production"
}

data "onomondo_connectors" "production" {
  tag        = data.onomondo_tag.production.id
  name_regex = "^meter-"
}

output "production" {
  value = { for connector in data.onomondo_connectors.production.connectors : connector.name => connector.type }
}
