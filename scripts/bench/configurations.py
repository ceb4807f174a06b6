"""The measured configurations: the same connectors for each provider, and the source of each provider."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import cli
import programs

KEY = programs.API_KEY
CERTIFICATES = programs.ROOT / "tests" / "data" / "certificates"
FRAMEWORK_MODULE = "github.com/hashicorp/terraform-plugin-framework"

TERRAFORM_DATA = """
resource "terraform_data" "connector" {
  count = %(count)d
  input = {
    name  = format("bench-%%04d", count.index)
    https = { host = "https://ingest.example.com/messages/${count.index}", should_return_body = false }
  }
}
"""

# The benchmark does not measure the API's pace: 1000 creates would take two minutes.
ONOMONDO = """
provider "onomondo" {
  base_url            = "%(address)s"
  api_key             = "%(key)s"
  requests_per_minute = 1000000
}
resource "onomondo_connector" "connector" {
  count = %(count)d
  name  = format("bench-%%04d", count.index)
  https = { host = "https://ingest.example.com/messages/${count.index}" }
}
"""

# A Go provider that does nothing, with the same schema: `benches/framework/`.
FRAMEWORK = """
provider "framework" {}
resource "framework_connector" "connector" {
  count = %(count)d
  name  = format("bench-%%04d", count.index)
  https = { host = "https://ingest.example.com/messages/${count.index}" }
}
"""

# The connector type with the most attributes. A variable changes some of them.
TLS = """
variable "port" { default = 8883 }
variable "prefix" { default = "bench" }
provider "onomondo" {
  base_url            = "%(address)s"
  api_key             = "%(key)s"
  requests_per_minute = 1000000
}
resource "onomondo_connector" "connector" {
  count = %(count)d
  name  = format("${var.prefix}-%%04d", count.index)
  tls = {
    host        = "ingest.example.com"
    port        = var.port
    server_name = "ingest.example.com"
    ca          = file("%(certificates)s/ca.pem")
    cert        = file("%(certificates)s/client.pem")
    key         = file("%(certificates)s/client-key.pem")
  }
}
"""

# The API has no request for a single connector. Both providers read it from the list, in different
# ways.
RESTAPI = """
provider "restapi" {
  uri                  = "%(address)s"
  headers              = { Authorization = "%(key)s", Content-Type = "application/json" }
  id_attribute         = "name"
  update_method        = "PATCH"
  write_returns_object = true
}
resource "restapi_object" "connector" {
  count     = %(count)d
  path      = "/connectors"
  read_path = "/connectors"
  read_search = {
    search_key   = "name"
    search_value = format("bench-%%04d", count.index)
  }
  data = jsonencode({
    name    = format("bench-%%04d", count.index)
    type    = "https"
    options = { host = "https://ingest.example.com/messages/${count.index}", shouldReturnBody = false }
  })
}
"""

RESTFUL = """
provider "restful" {
  base_url      = "%(address)s"
  update_method = "PATCH"
  security      = { apikey = [{ in = "header", name = "Authorization", value = "%(key)s" }] }
}
resource "restful_resource" "connector" {
  count         = %(count)d
  path          = "/connectors"
  read_path     = "$(path)"
  read_selector = "#(name==\\"${format("bench-%%04d", count.index)}\\")"
  update_path   = "$(path)/$(body.name)"
  delete_path   = "$(path)/$(body.name)"
  body = {
    name    = format("bench-%%04d", count.index)
    type    = "https"
    options = { host = "https://ingest.example.com/messages/${count.index}", shouldReturnBody = false }
  }
}
"""


@dataclass
class Subject:
    """One provider to measure."""

    name: str
    config: str
    source: str = ""
    version: str = ""
    module: str = ""
    executable: Path = None


def own(shipped: Path, config: str = ONOMONDO) -> Subject:
    return Subject("onomondo", config, "onomondo/onomondo", programs.version(), executable=shipped)


def subjects(shipped: Path, directory: Path) -> list:
    """`terraform_data` first, as the lower bound, then this provider, then the others."""
    return [Subject("`terraform_data`", TERRAFORM_DATA), own(shipped), framework(directory), *peers()]


def framework(directory: Path) -> Subject:
    """The minimal cost of a provider in Go."""
    executable = directory / "terraform-provider-framework"
    command = ["go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", str(executable), "."]
    sources = programs.ROOT / "benches" / "framework"
    cli.run(command, "`benches/framework` was not built", cwd=sources, CGO_ENABLED="0")
    module = cli.run(["go", "list", "-m", "-f", "{{.Version}}", FRAMEWORK_MODULE], "`go list` failed", cwd=sources)
    return Subject("framework", FRAMEWORK, "onomondo/framework", module.strip().lstrip("v"), executable=executable)


def peers() -> list:
    """Providers for any REST API. Omits those that cannot be installed here."""
    found = []
    for peer in [
        Subject("restapi", RESTAPI, "mastercard/restapi", "1.20.0", "github.com/Mastercard/terraform-provider-restapi"),
        Subject("restful", RESTFUL, "magodo/restful", "0.25.2", "github.com/magodo/terraform-provider-restful"),
    ]:
        given = os.environ.get(peer.name.upper())
        try:
            peer.executable = Path(given) if given else cli.install_go_program(peer.module, peer.version)
            found.append(peer)
        except cli.Missing as error:
            print(f"{peer.name} is omitted: {error}", file=sys.stderr)
    return found
