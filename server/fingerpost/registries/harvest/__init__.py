"""Registries asked live: politely, again where they falter, and never twice for the same page."""
