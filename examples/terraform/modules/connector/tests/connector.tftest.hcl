# Run `terraform test` in the module's directory. The test creates connectors in the account that the
# environment variables name, and deletes them. Preferably use a sandbox.

variables {
  name = "module-test"
  # `terraform test` does not keep the default of an ephemeral variable between plan and apply.
  secrets = {}
}

run "https" {
  variables {
    destination = { https = { host = "https://ingest.example.com/messages" } }
    passthrough = [{ protocol = "udp", ip = "1.1.1.1", port = 53 }]
  }

  assert {
    condition     = output.type == "https"
    error_message = "The type is ${output.type}."
  }

  assert {
    condition     = onomondo_connector.this.https.should_return_body == false
    error_message = "The response body is returned by default."
  }

  assert {
    condition     = length(output.secrets) == 0
    error_message = "An HTTPS connector must not have secrets."
  }
}

run "becomes_tls" {
  variables {
    destination = {
      tls = {
        host = "ingest.example.com"
        port = 8883
        ca   = file("../../certificates/ca.pem")
        cert = file("../../certificates/client.pem")
      }
    }
    secrets = { key = file("../../certificates/client-key.pem") }
  }

  assert {
    condition     = output.type == "tls" && output.name == "module-test"
    error_message = "The connector ${output.name} is of type ${output.type}."
  }

  assert {
    condition     = onomondo_connector.this.tls.server_name == "ingest.example.com"
    error_message = "The server name is not the host."
  }

  assert {
    condition     = alltrue([for secret in ["ca", "cert", "key"] : output.secrets[secret].is_set])
    error_message = "Onomondo does not have every secret."
  }

  assert {
    condition     = onomondo_connector.this.tls.key == null && onomondo_connector.this.tls.key_wo == null
    error_message = "The key is in the state."
  }
}

run "becomes_azure" {
  variables {
    destination     = { microsoft_azure_iot = {} }
    secrets         = { connection_string = "HostName=example.azure-devices.net;SharedAccessKeyName=o;SharedAccessKey=ZXhhbXBsZQ==" }
    secrets_version = 1
  }

  assert {
    condition     = output.secrets["connection_string"].is_set
    error_message = "Onomondo does not have the connection string."
  }
}
