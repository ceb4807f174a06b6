variable "name" {
  default = "f"
}

data "onomondo_connector" "test" {
  name = var.name # error: 3 to 255
}
