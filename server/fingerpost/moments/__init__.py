"""The graph as its sources stood on earlier days."""
