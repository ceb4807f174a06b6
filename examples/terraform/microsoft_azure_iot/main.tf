# Onomondo sends the data from the devices to an Azure IoT Hub. The connection string is never stored:
#
#   export TF_VAR_connection_string="HostName=…;SharedAccessKeyName=…;SharedAccessKey=…"
#   terraform apply

terraform {
  required_version = ">= 1.11"

  required_providers {
    onomondo = {
      source  = "onomondo/onomondo"
      version = "~> 0.2"
    }
  }
}

# Reads the API key from ONOMONDO_API_KEY.
provider "onomondo" {}

variable "connection_string" {
  description = "Connection string of a shared access policy of the IoT Hub."
  type        = string
  ephemeral   = true
}

variable "connection_string_version" {
  description = "Change this number to send the connection string again. A changed connection string alone is not sent."
  type        = number
  default     = 1
}

resource "onomondo_connector" "hub" {
  name = "example-hub"

  microsoft_azure_iot = {
    connection_string_wo         = var.connection_string
    connection_string_wo_version = var.connection_string_version
  }
}
