"""One piece of work in a process of its own, beside what goes on here."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar

from fingerpost import memory

_Result = TypeVar("_Result")


def possible() -> bool:
    """Return whether a second process helps: there are cores, and memory for what it changes.

    A process with several threads is not forked: the other has none of them, but their locks.
    """
    forks = "fork" in multiprocessing.get_all_start_methods()
    return (
        forks and _cores() > 1 and threading.active_count() == 1 and memory.free() > memory.held()
    )


def begun(work: Callable[[], _Result]) -> Callable[[], _Result]:
    """Begin `work` in a forked process; return what waits for its result, which is pickled.

    Where the process comes to nothing, the work is done here instead.
    """
    forking = multiprocessing.get_context("fork")
    receiver, sender = forking.Pipe(duplex=False)
    process = forking.Process(target=_send, args=(sender, work), daemon=True)
    process.start()
    sender.close()
    return partial(_received, process, receiver, work)


def _send(sender: Connection, work: Callable[[], _Result]) -> None:
    sender.send(work())
    sender.close()


def _received(process: BaseProcess, receiver: Connection, work: Callable[[], _Result]) -> _Result:
    try:
        found: _Result = receiver.recv()
    except EOFError:
        return work()
    finally:
        receiver.close()
        process.join()
    return found


def _cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
