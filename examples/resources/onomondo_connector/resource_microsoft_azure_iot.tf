variable "connection_string" {
  description = "Connection string of a shared access policy of the IoT Hub."
  type        = string
  ephemeral   = true
}

resource "onomondo_connector" "hub" {
  name = "hub"

  microsoft_azure_iot = {
    connection_string_wo = var.connection_string # never stored in plan or state
  }
}
