variable "expression" {
  default = "["
}

variable "tag" {
  default = "Supplier"
}

data "onomondo_connectors" "test" {
  tag        = var.tag        # error: `Supplier`
  name_regex = var.expression # error: no regular expression
}
