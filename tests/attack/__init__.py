"""Attacks on a running server: hostile queries, malformed requests, random ones, leaks."""
