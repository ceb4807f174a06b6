terraform {
  # Secrets are ephemeral and write-only.
  required_version = ">= 1.11"

  required_providers {
    onomondo = {
      source = "onomondo/onomondo"
    }
  }
}
