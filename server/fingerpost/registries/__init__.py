"""Where registries meet: what they say is read, linked, and told apart."""
