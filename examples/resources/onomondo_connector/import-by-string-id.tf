import {
  to = onomondo_connector.meter_readings
  id = "meter-readings"
}
