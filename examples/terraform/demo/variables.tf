variable "prefix" {
  description = "Prefix of the name of each connector."
  type        = string
  default     = "example"
}

variable "https_host" {
  description = "URL that the HTTPS connector posts to."
  type        = string
  default     = "https://ingest.example.com/messages"
}

variable "tags" {
  description = "IDs of the tags of the HTTPS and TLS connectors. The default exists in the sandbox."
  type        = set(string)
  default     = ["a5023f47-1db8-425e-b664-dc0b8921f644"]
}

variable "sim_tag" {
  description = "ID of the tag of the SIMs that are mapped to the HTTPS connector. The default exists in the sandbox."
  type        = string
  default     = "a5023f47-1db8-425e-b664-dc0b8921f644"
}

variable "azure_connection_string" {
  description = "Connection string of an Azure IoT Hub. The default is made up."
  type        = string
  sensitive   = true
  default     = "HostName=example.azure-devices.net;SharedAccessKeyName=onomondo;SharedAccessKey=ZXhhbXBsZQ=="
}
