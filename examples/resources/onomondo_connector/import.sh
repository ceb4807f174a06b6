# A connector is imported by its name.
terraform import onomondo_connector.meter_readings meter-readings
