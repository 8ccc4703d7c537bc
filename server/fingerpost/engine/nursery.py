"""The process that holds the loaded store and forks a query worker whenever one is asked for.

It has a single thread, as forking with others alive leaves locks held in the child. Workers
share its memory until they write; a fork takes milliseconds where loading takes seconds.
Started as `python -m fingerpost.engine.nursery SOCKET DATASET MEMORY BYTES`.
"""

import os
import signal
import socket
import sys
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from fingerpost.engine import wire, worker
from fingerpost.engine.worker import Limits


def main(arguments: list[str]) -> None:
    """Load the dataset, then answer requests for workers until the other side is gone."""
    number, dataset, memory, size = arguments
    limits = Limits(memory=int(memory), answer=int(size))
    with socket.socket(fileno=int(number)) as control:
        store = Store()
        store.bulk_load(path=Path(dataset), format=RdfFormat.N_QUADS)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        wire.send(control, {"ready": os.getpid()})
        while True:
            try:
                head, _ = wire.receive(control)
            except EOFError:
                return
            if "end" in head:
                wire.send(control, {"signal": _end(int(str(head["end"])))})
            else:
                _fork(control, store, limits)


def _fork(control: socket.socket, store: Store, limits: Limits) -> None:
    """Fork a worker and hand its socket and process id to the other side."""
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        control.close()
        ours.close()
        worker.run(theirs, store, limits)
    theirs.close()
    with ours:
        socket.send_fds(control, [child.to_bytes(8, "big")], [ours.fileno()])


def _end(child: int) -> int:
    """End a worker, and return the signal that it died of, or 0."""
    try:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):
        return 0
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


if __name__ == "__main__":
    main(sys.argv[1:])
