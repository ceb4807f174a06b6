//! Variants given as whole objects instead of single attributes.

use super::HTTPS;
use crate::cli::Cli;
use crate::scenario::Scenario;

/// A wholly sensitive object is planned, applied and changed like any other.
pub(crate) fn sensitive(cli: Cli) {
    let whole = HTTPS
        .replace("https = {", "https = sensitive({")
        .replace("  }\n}", "  })\n}");
    let mut scenario = Scenario::applied(cli, &whole);
    scenario.edit("/messages", "/other");
    scenario.apply_in_place(&["https.host"]);
    let connector = scenario.connector("fleet");
    let host = &connector["options"]["host"];
    assert_eq!(host, "https://ingest.example.com/other");
    scenario.finish();
}

/// A module input with all attributes of a connector, most of them null.
pub(crate) fn with_optional_attributes(cli: Cli) {
    let module = r#"
variable "connector" {
  type = object({
    name = string
    https = optional(object({
      host               = string
      should_return_body = optional(bool)
    }))
    tls = optional(object({
      host        = string
      port        = number
      server_name = string
      ca          = optional(string)
      cert        = optional(string)
      key         = optional(string)
    }))
    passthrough = optional(set(object({
      protocol = string
      ip       = optional(string)
      port     = optional(number)
    })))
    tags = optional(set(string))
  })
}

terraform {
  required_providers {
    onomondo = { source = "onomondo/onomondo" }
  }
}

resource "onomondo_connector" "this" {
  name        = var.connector.name
  https       = var.connector.https
  tls         = var.connector.tls
  passthrough = var.connector.passthrough
  tags        = var.connector.tags
}
"#;
    let config = r#"
module "https" {
  source = "./connector"
  connector = {
    name  = "https"
    https = { host = "https://ingest.example.com" }
  }
}

module "tls" {
  source = "./connector"
  connector = {
    name        = "tls"
    tls         = { host = "ingest.example.com", port = 8883, server_name = "ingest.example.com" }
    passthrough = [{ protocol = "icmp" }]
    tags        = []
  }
}
"#;
    let mut scenario = Scenario::start(cli);
    let directory = scenario.workspace.path("connector");
    std::fs::create_dir(directory).unwrap();
    scenario.workspace.write("connector/main.tf", module);
    scenario.configure(config);
    scenario.run(&["init"]).succeeded();
    scenario.apply();
    scenario.expect_no_changes();
    assert_eq!(scenario.connector("https")["type"], "https");
    let passthrough = &scenario.connector("tls")["passthrough"];
    assert_eq!(passthrough[0]["protocol"], "icmp", "{passthrough}");

    scenario.edit("8883", "8884");
    scenario.apply();
    assert_eq!(scenario.connector("tls")["options"]["port"], 8884);
    scenario.finish();
}
