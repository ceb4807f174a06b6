# The import ID is the name of the connector.
terraform import onomondo_connector_sims.meter_readings meter-readings
