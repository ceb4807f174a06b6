resource "onomondo_connector" "test" {
  aws_iot_core = {
    region           = "eu-west-1"
    role             = "arn:aws:iam::123456789012:role/r"
    publish_topic    = "p"
    subscribe_topic  = "s"
    default_protocol = "icmp" # nested error: `tcp` or `udp`
    default_port     = 1
  }
}
