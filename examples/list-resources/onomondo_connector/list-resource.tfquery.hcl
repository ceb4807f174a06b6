# All TLS connectors with the Production tag whose names begin with `gateway-`.
list "onomondo_connector" "gateways" {
  provider = onomondo
  limit    = 1000

  config {
    type       = "tls"
    tag        = "4c21c1ce-0e3d-445f-8b3a-9d918a9acd89"
    name_regex = "^gateway-"
  }
}
