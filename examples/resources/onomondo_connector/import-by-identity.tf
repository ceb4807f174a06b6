import {
  to = onomondo_connector.meter_readings
  identity = {
    name = "meter-readings"
  }
}
