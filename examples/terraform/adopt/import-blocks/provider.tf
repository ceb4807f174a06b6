terraform {
  required_version = ">= 1.6"

  required_providers {
    onomondo = {
      source  = "onomondo/onomondo"
      version = "~> 0.2"
    }
  }
}

# Reads the API key from ONOMONDO_API_KEY.
provider "onomondo" {}
