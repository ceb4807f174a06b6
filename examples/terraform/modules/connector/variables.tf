variable "name" {
  description = "Name of the connector. If omitted, Onomondo chooses one."
  type        = string
  default     = null

  validation {
    condition     = var.name == null || can(regex("^[-_a-zA-Z0-9]{3,255}$", var.name))
    error_message = "`name` must have 3 to 255 characters: letters, digits, `-`, and `_`."
  }
}

variable "destination" {
  description = "Where the traffic goes. Set exactly one of the four. Put private keys and connection strings into `secrets`."
  nullable    = false
  type = object({
    https = optional(object({
      host               = string
      should_return_body = optional(bool, false)
    }))
    tls = optional(object({
      host        = string
      port        = number
      server_name = optional(string) # defaults to the host
      ca          = optional(string)
      cert        = optional(string)
    }))
    aws_iot_core = optional(object({
      region           = string
      role             = string
      publish_topic    = string
      subscribe_topic  = string
      default_protocol = string
      default_port     = number
    }))
    microsoft_azure_iot = optional(object({}))
  })

  validation {
    condition     = length([for each in values(var.destination) : each if each != null]) == 1
    error_message = "Set exactly one of `https`, `tls`, `aws_iot_core`, and `microsoft_azure_iot`."
  }

  validation {
    condition     = var.destination.https == null || startswith(try(var.destination.https.host, ""), "https://")
    error_message = "`https.host` must be a complete URL that begins with `https://`."
  }
}

variable "secrets" {
  description = "Write-only secrets: `key` in PEM for `tls`, `connection_string` for `microsoft_azure_iot`. They are never stored in plan or state."
  nullable    = false
  ephemeral   = true
  default     = {}
  type = object({
    key               = optional(string)
    connection_string = optional(string)
  })
}

variable "secrets_version" {
  description = "If set, secrets are sent when this number changes. If omitted, they are sent when their values change."
  type        = number
  default     = null
}

variable "tags" {
  description = "IDs of the tags of the connector. If omitted, the connector keeps its tags."
  type        = set(string)
  default     = null
}

variable "passthrough" {
  description = "Traffic that bypasses the connector."
  nullable    = false
  default     = []
  type = set(object({
    protocol = string
    ip       = optional(string)
    port     = optional(number)
  }))

  validation {
    condition     = alltrue([for rule in var.passthrough : contains(["tcp", "udp", "icmp"], rule.protocol)])
    error_message = "`protocol` must be `tcp`, `udp`, or `icmp`."
  }
}

variable "timeouts" {
  description = "Time limits of each operation. With `delete`, a delete also waits for SIMs to be unmapped."
  default     = null
  type = object({
    create = optional(string)
    read   = optional(string)
    update = optional(string)
    delete = optional(string)
  })
}
