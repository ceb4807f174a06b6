resource "onomondo_connector" "test" {
  tls = {
    host        = null # nested error: `tls.host` is null
    port        = null # nested error: `tls.port` is null
    server_name = null # nested error: `tls.server_name` is null
  }
}
