"""Graphs of growing size, and how what Fingerpost does grows with them."""
