"""Generations: the states that a graph goes through, in memory and on disk."""
