variable "expression" {
  default = "["
}

variable "tag" {
  default = "Supplier"
}

data "onomondo_connectors" "test" {
  tag        = var.tag        # error: `Supplier`
  name_regex = var.expression # error: not a valid regular expression
}
