variable "name" {
  description = "Name of the connector. Left out, Onomondo picks one."
  type        = string
  default     = null

  validation {
    condition     = var.name == null || can(regex("^[-_a-zA-Z0-9]{3,255}$", var.name))
    error_message = "`name` must be 3 to 255 letters, digits, `-` and `_`."
  }
}

variable "destination" {
  description = "Where the traffic goes: exactly one of the four. Secrets are in `secrets`."
  nullable    = false
  type = object({
    https = optional(object({
      host               = string
      should_return_body = optional(bool, false)
    }))
    tls = optional(object({
      host        = string
      port        = number
      server_name = optional(string) # the host, if it is left out
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
    error_message = "Set exactly one of `https`, `tls`, `aws_iot_core` and `microsoft_azure_iot`."
  }

  validation {
    condition     = var.destination.https == null || startswith(try(var.destination.https.host, ""), "https://")
    error_message = "`https.host` must be a whole URL that begins with `https://`."
  }
}

variable "secrets" {
  description = "What Onomondo must keep to itself: `key` in PEM for `tls`, `connection_string` for `microsoft_azure_iot`. They are in no plan and no state."
  nullable    = false
  ephemeral   = true
  default     = {}
  type = object({
    key               = optional(string)
    connection_string = optional(string)
  })
}

variable "secrets_version" {
  description = "With a number, secrets are sent when it changes; without, when they themselves change."
  type        = number
  default     = null
}

variable "tags" {
  description = "IDs of the tags on the connector. Left out, it keeps the tags that it has."
  type        = set(string)
  default     = null
}

variable "passthrough" {
  description = "Traffic that goes round the connector."
  nullable    = false
  default     = []
  type = set(object({
    protocol = string
    ip       = optional(string)
    port     = optional(number)
  }))

  validation {
    condition     = alltrue([for rule in var.passthrough : contains(["tcp", "udp", "icmp"], rule.protocol)])
    error_message = "`protocol` must be `tcp`, `udp` or `icmp`."
  }
}

variable "timeouts" {
  description = "How long each operation may take. With `delete`, a delete waits for the SIMs to be unmapped."
  default     = null
  type = object({
    create = optional(string)
    read   = optional(string)
    update = optional(string)
    delete = optional(string)
  })
}
