resource "onomondo_connector" "test" {
  aws_iot_core = {
    region           = "eu-west-1 " # nested error: `aws_iot_core.region` starts or ends with white space
    role             = "arn:aws:iam::123456789012:role/onomondo\n" # nested error: `aws_iot_core.role` starts or ends
    publish_topic    = " up" # nested error: `aws_iot_core.publish_topic` starts or ends
    subscribe_topic  = "down\n" # nested error: `aws_iot_core.subscribe_topic` starts or ends
    default_protocol = "udp"
    default_port     = 1234
  }
}
