resource "onomondo_connector" "test" {
  aws_iot_core = { # error: "subscribe_topic" is required
    region           = "eu-west-1"
    role             = "arn:aws:iam::123456789012:role/r"
    publish_topic    = "p"
    default_protocol = "tcp"
    default_port     = 1
  }
}
