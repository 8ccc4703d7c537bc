"""The sockets of a server: what waits at them outlives each of its processes."""

import contextlib
import os
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from granian._granian import SocketHolder
from granian.server.mp import MPServer, WorkerProcess

from fingerpost.errors import SettingFault

_DEFERRED = 10
"""Seconds that the kernel keeps a connection to itself while no request has come."""
_BACKLOG = 1024
"""Connections that may wait at a socket."""


def bound(host: str, port: int, processes: int) -> list[socket.socket]:
    """Return a socket for each process, all of one address; none of them listens yet.

    Raises:
        SettingFault: the IP address is not this machine's, or the port is taken.
    """
    with _said(host, port):
        return [_bound(host, port) for _ in range(processes)]


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.ExitStack() as stack:
        bound = stack.enter_context(socket.socket(family))
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, _DEFERRED)
        bound.bind((host, port))
        stack.pop_all()
    return bound


def begin(sockets: Sequence[socket.socket]) -> None:
    """Listen at all sockets of an address.

    The first does it while nobody may share the address, and fails where another server does
    already: two that were started together would else share what is asked.

    Raises:
        SettingFault: another server listens there, which was bound at the same time.
    """
    with _said(*sockets[0].getsockname()[:2]):
        sockets[0].listen(_BACKLOG)
        for each in sockets:
            each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        for each in sockets[1:]:
            each.listen(_BACKLOG)


@contextlib.contextmanager
def _said(host: str, port: int) -> Iterator[None]:
    """Say in a sentence what the kernel refuses at an address."""
    try:
        yield
    except OSError as fault:
        why = os.strerror(fault.errno or 0)
        raise SettingFault(
            f"Nothing can listen at {host}, port {port}: {why}. Try another --port or --host."
        ) from fault


class Listening(MPServer):
    """A server whose sockets listen from before its first process to after its last.

    With Granian's own, what waits at the socket of a process is reset when the process is
    replaced, and refused while the next is not ready. And a process that is asked to stop closes
    each connection of which it has read nothing: here the kernel hands a connection over only
    with its request. What is set are parts of Granian that it does not promise.

    `reloaded` is called after a reload, when all processes from before have ended.
    """

    def __init__(
        self,
        target: str,
        sockets: Sequence[socket.socket],
        reloaded: Callable[[], None],
        **options: Any,
    ) -> None:
        super().__init__(target, workers=len(sockets), backlog=_BACKLOG, **options)
        self._sockets = sockets
        self._reloaded = reloaded

    def _init_shared_socket(self) -> None:
        self._ssp = None

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> WorkerProcess:  # type: ignore[override]
        self._sso = self._sockets[idx]
        holder: Any = SocketHolder  # what it is made of is missing in its types
        self._shd = holder(self._sso.fileno(), False, self.backlog)
        others = [each for each in self._sockets if each is not self._sso]
        return super()._spawn_worker(idx, target, partial(_loaded, callback_loader, others))

    def _reload(self, spawn_target: Any, target_loader: Any) -> None:
        super()._reload(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        self._reloaded()

    def _drop_shared_socket(self) -> None:
        for each in self._sockets:
            each.close()


def _loaded(load: Callable[[], object], others: Sequence[socket.socket]) -> object:
    """Return the application in a new process, which has no part in the sockets of others.

    Nobody may wait at one while the last requests of a server that ends are answered. An interrupt
    from a terminal reaches every process of a server: here it is left to the first of them, which
    ends the others by SIGTERM. Given both at a time, Granian sometimes waits for ever.
    """
    for each in others:
        each.close()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    return load()
