# Input that the module rejects.

run "no_destination" {
  command = plan

  variables {
    destination = {}
  }

  expect_failures = [var.destination]
}

run "two_destinations" {
  command = plan

  variables {
    destination = {
      https               = { host = "https://ingest.example.com" }
      microsoft_azure_iot = {}
    }
  }

  expect_failures = [var.destination]
}

run "plain_http" {
  command = plan

  variables {
    destination = { https = { host = "http://ingest.example.com" } }
  }

  expect_failures = [var.destination]
}

run "name_with_a_space" {
  command = plan

  variables {
    name        = "module test"
    destination = { https = { host = "https://ingest.example.com" } }
  }

  expect_failures = [var.name]
}

run "unknown_protocol" {
  command = plan

  variables {
    destination = { https = { host = "https://ingest.example.com" } }
    passthrough = [{ protocol = "sctp" }]
  }

  expect_failures = [var.passthrough]
}
