"""Saved queries: files that describe themselves, bound safely and run."""
