resource "onomondo_connector" "test" {
  aws_iot_core = {
    region           = "eu-west-1"
    role             = "arn:aws:iam::123456789012:role/r"
    publish_topic    = "p"
    subscribe_topic  = "s"
    default_protocol = "tcp"
    default_port     = 0 # nested error: 65535
  }
}
