"""The folder of a running service, in which its processes meet: it goes with it, however it ends.

The process that made it holds it by a lock. So what was killed altogether shows at the next start,
and systemd-tmpfiles, which deletes what is old in `/tmp`, passes over it.
"""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "fingerpost-service-"
_TRIES = 20
_PAUSE = 0.1


def make() -> tuple[Path, int]:
    """Return a new folder, and the handle that holds it; what nobody holds any more is removed."""
    _sweep()
    making = Path(tempfile.mkdtemp(prefix=f".{_PREFIX}"))
    handle = _held(making)
    # It has its name once it is held, so no other service takes it for one that was left.
    return making.rename(making.with_name(making.name.removeprefix("."))), handle


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
            handle = _held(folder)
            try:
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)


def _held(folder: Path) -> int:
    """Return the handle by which a folder is held from now on; OSError where somebody else does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle
