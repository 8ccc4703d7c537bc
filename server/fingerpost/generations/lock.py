"""One process at a time writes a store."""

import fcntl
import os
import time
from pathlib import Path

from fingerpost.errors import StoreFault


def hold(folder: Path, seconds: float = 5.0) -> int:
    """Return a handle that holds the store for this process, and those that inherit it.

    Raises:
        StoreFault: another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # A server that was killed may need a moment to be gone.
            if time.monotonic() > end:
                os.close(handle)
                raise StoreFault(f"Another server uses the store {folder}.") from None
            time.sleep(0.05)
        else:
            return handle
