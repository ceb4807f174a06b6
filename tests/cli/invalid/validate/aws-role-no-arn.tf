resource "onomondo_connector" "test" {
  aws_iot_core = {
    region           = "eu-west-1"
    role             = "onomondo" # nested warning: ARN
    publish_topic    = "p"
    subscribe_topic  = "s"
    default_protocol = "tcp"
    default_port     = 1
  }
}
