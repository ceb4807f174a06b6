data "onomondo_tags" "all" {}

locals {
  # Tag names are not necessarily unique: `...` groups all IDs with the same name.
  tag_ids = { for tag in data.onomondo_tags.all.tags : tag.name => tag.id... }
}

resource "onomondo_connector" "telemetry" {
  name = "telemetry"
  tags = concat(local.tag_ids["Production"], local.tag_ids["Nordic Meters"])

  https = {
    host = "https://ingest.example.com/telemetry"
  }
}
