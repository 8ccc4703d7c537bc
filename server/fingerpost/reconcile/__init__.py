"""Names in other people's tables → records here: the Reconciliation API 0.2 without the web."""
