# The import ID is the name of the connector.
terraform import onomondo_connector.meter_readings meter-readings
