# Onomondo assumes an IAM role in your AWS account and publishes the data from the devices to a topic.
# The guide "AWS IoT Core" creates the role.

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

variable "role" {
  description = "ARN of the IAM role, such as `aws_iam_role.onomondo.arn`."
  type        = string
  default     = "arn:aws:iam::123456789012:role/onomondo"
}

resource "onomondo_connector" "core" {
  name = "example-core"

  aws_iot_core = {
    region           = "eu-west-1"
    role             = var.role
    publish_topic    = "devices/telemetry"
    subscribe_topic  = "devices/commands"
    default_protocol = "udp"
    default_port     = 4000
  }
}
