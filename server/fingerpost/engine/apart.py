"""Work done in a process of its own, whose memory and threads are gone when it is done."""

import os
import traceback
from collections.abc import Callable
from typing import NoReturn

from fingerpost.engine import fence
from fingerpost.errors import FingerpostError, StoreFault

_FAULT = 1
_BUG = 2


def apart(work: Callable[[], bytes]) -> bytes:
    """Return what `work` returns in a process forked for it.

    The engine has threads once it has opened a graph on disk, and a process with threads cannot
    be forked safely: so the keeper never opens one.

    Raises:
        StoreFault: it failed, with its message.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _do(work, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        found = told.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise StoreFault(found.decode() or f"a process that writes the graph ended: {status}")
    return found


def _do(work: Callable[[], bytes], writing: int) -> NoReturn:
    status = _BUG
    try:
        fence.die_with_parent()
        with os.fdopen(writing, "wb") as told:
            try:
                told.write(work())
                status = 0
            except (FingerpostError, OSError, RuntimeError, MemoryError) as fault:
                told.write((str(fault) or type(fault).__name__).encode())
                status = _FAULT
    except Exception:  # noqa: BLE001 - nothing may go on in the copy of the keeper
        traceback.print_exc()
    finally:
        os._exit(status)
