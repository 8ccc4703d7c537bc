"""Parts of the endpoint benchmark: data, servers, load, comparison, table."""
