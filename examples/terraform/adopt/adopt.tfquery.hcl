# Every connector that the API key can see, or those that `config` leaves.
list "onomondo_connector" "adopted" {
  provider = onomondo

  # Left out, it is 100. Onomondo itself shows no more than 1000.
  limit = 1000

  # config {
  #   type       = "tls"
  #   tag        = "a5023f47-1db8-425e-b664-dc0b8921f644"
  #   name_regex = "^fleet-"
  # }
}
