"""Which entries of two registries are the same thing."""
