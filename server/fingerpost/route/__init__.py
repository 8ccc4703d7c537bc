"""The way of one kind of data through all phases of its life, and how it is written."""
