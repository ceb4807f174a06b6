terraform {
  # The first version with write-only attributes.
  required_version = ">= 1.11"

  required_providers {
    onomondo = {
      source  = "onomondo/onomondo"
      version = "~> 0.2"
    }
  }
}
