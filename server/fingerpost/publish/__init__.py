"""What the service says of itself to machines."""
