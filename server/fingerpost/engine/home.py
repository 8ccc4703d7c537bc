"""The folder of a running service, in which its processes meet: it goes with it, however it ends.

Its lock is held by the process that made it, so what was killed altogether shows at the next start.
"""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "fingerpost-"
_LOCK = "lock"
_TRIES = 20
_PAUSE = 0.1


def make() -> tuple[Path, int]:
    """Return a new folder, and the handle that holds it; what nobody holds any more is removed."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    making = folder / f".{_LOCK}"
    handle = os.open(making, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    # It has its name once it is held, so no other service takes it for one that was left.
    making.rename(folder / _LOCK)
    return folder, handle


def remove(folder: Path) -> None:
    """Remove a folder; who is just ending may still write there."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_PAUSE)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait for one's turn among the processes and threads that use the same file as a lock."""
    with lock.open("ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _sweep() -> None:
    """Remove the folders of services of this user that were killed with all their processes."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            handle = os.open(folder / _LOCK, os.O_RDWR)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)
