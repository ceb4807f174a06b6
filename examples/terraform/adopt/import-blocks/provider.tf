terraform {
  # OpenTofu from 1.6 on.
  required_version = ">= 1.5"

  required_providers {
    onomondo = {
      source = "onomondo/onomondo"
    }
  }
}

# The key comes from ONOMONDO_API_KEY.
provider "onomondo" {}
