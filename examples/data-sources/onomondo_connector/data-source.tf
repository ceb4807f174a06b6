# A connector that this configuration does not manage.
data "onomondo_connector" "meters" {
  name = "meter-readings"
}

output "meters" {
  value = {
    url  = data.onomondo_connector.meters.https.host
    tags = data.onomondo_connector.meters.tag_details[*].name
  }
}
