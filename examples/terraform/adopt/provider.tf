terraform {
  required_version = ">= 1.14"

  required_providers {
    onomondo = {
      source = "onomondo/onomondo"
    }
  }
}

# The key comes from ONOMONDO_API_KEY.
provider "onomondo" {}
