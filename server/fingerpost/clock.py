"""The day it is."""

import datetime


def today() -> datetime.date:
    """Return the day in UTC, by which everything here is dated."""
    return datetime.datetime.now(datetime.UTC).date()
