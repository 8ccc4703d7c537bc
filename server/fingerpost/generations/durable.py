"""Files that are on the disk, not on the way to it."""

import os
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file whole; raises OSError as the disk does."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Bring to the disk what lies in a folder: names, not what the files hold."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
