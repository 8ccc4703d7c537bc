"""Fingerpost: where life-science data can go, as a graph that answers and says why."""

__version__ = "0.1.0"
