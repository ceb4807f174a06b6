variable "client_key" {
  description = "Private key of the client certificate, in PEM."
  type        = string
  ephemeral   = true
}

# Devices use plain TCP. Onomondo opens the TLS connection for them.
resource "onomondo_connector" "gateway" {
  name = "gateway"

  tls = {
    host        = "gateway.example.com"
    port        = 8883
    server_name = "gateway.example.com"
    ca          = file("ca.pem")
    cert        = file("client.pem")
    key_wo      = var.client_key # never stored in plan or state
  }

  # DNS traffic bypasses the connector.
  passthrough = [
    { protocol = "udp", ip = "1.1.1.1", port = 53 },
    { protocol = "tcp", ip = "1.1.1.1", port = 53 },
  ]
}
