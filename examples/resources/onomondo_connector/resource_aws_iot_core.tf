# Onomondo assumes this role to publish and subscribe.
resource "onomondo_connector" "core" {
  name = "core"

  aws_iot_core = {
    region           = "eu-west-1"
    role             = "arn:aws:iam::123456789012:role/onomondo"
    publish_topic    = "devices/telemetry"
    subscribe_topic  = "devices/commands"
    default_protocol = "udp"
    default_port     = 4000
  }
}
