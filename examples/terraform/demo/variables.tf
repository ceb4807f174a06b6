variable "prefix" {
  description = "What the name of each connector begins with."
  type        = string
  default     = "example"
}

variable "https_host" {
  description = "URL that receives what devices send through the HTTPS connector."
  type        = string
  default     = "https://ingest.example.com/messages"
}

variable "tags" {
  description = "IDs of the tags on the HTTPS and TLS connectors. The sandbox has this one."
  type        = set(string)
  default     = ["a5023f47-1db8-425e-b664-dc0b8921f644"]
}

variable "azure_connection_string" {
  description = "Connection string of an Azure IoT Hub policy. This one opens nothing."
  type        = string
  sensitive   = true
  default     = "HostName=example.azure-devices.net;SharedAccessKeyName=onomondo;SharedAccessKey=ZXhhbXBsZQ=="
}
