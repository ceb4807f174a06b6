import {
  to = onomondo_connector_sims.meter_readings
  id = "meter-readings"
}
