data "onomondo_tag" "test" {
  name = "Supplier"
  id   = "a5023f47-1db8-425e-b664-dc0b8921f644" # error: The provider sets `id` itself
}
