"""From Turtle files to one dataset: reading, canonical form, claims, graphs."""
