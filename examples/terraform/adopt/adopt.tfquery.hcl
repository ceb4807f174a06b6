# Every connector that the API key can see. Use `config` to select fewer.
list "onomondo_connector" "adopted" {
  provider = onomondo

  # The default is 100. Onomondo returns at most 1000.
  limit = 1000

  # config {
  #   type       = "tls"
  #   tag        = "a5023f47-1db8-425e-b664-dc0b8921f644"
  #   name_regex = "^fleet-"
  # }
}
