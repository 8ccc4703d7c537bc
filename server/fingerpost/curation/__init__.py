"""Writing records: what may be said of a kind, from words to terms, from tables to files."""
