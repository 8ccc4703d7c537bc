"""The process that holds the graph, forks a worker whenever one is asked for, and commits.

It has a single thread, as forking with others alive leaves locks held in the child. A fork takes
milliseconds where loading takes seconds; what a worker reads of a graph in memory, though, becomes
its own copy, as reading counts references (`inherited`). A change is worked out in a forked process
too (`writer`), on its copy of the graph; here it is only made durable and applied, so every worker
is forked from a whole generation.

Started as `python -m fingerpost.engine.keeper PLAN`, with `PLAN` as `Plan.read` reads it.
"""

import gc
import os
import selectors
import signal
import socket
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from fingerpost.engine import home, opening, trail, wire, worker, writer
from fingerpost.engine.held import Held
from fingerpost.engine.plan import Plan
from fingerpost.engine.turn import Turn
from fingerpost.engine.writer import Writer
from fingerpost.errors import FingerpostError, StoreFault
from fingerpost.generations import change
from fingerpost.generations.change import Change, Made
from fingerpost.generations.folder import Generations

_LOOKING = 0.1
"""Seconds after which a keeper that follows looks for another generation."""


@dataclass
class Keeper:
    """The state of the process: a graph at a generation, who is connected, what is written."""

    plan: Plan
    held: Held
    generations: Generations | None
    made: Made
    writer: Writer
    turn: Turn
    clients: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    waiting: deque[socket.socket] = field(default_factory=deque)
    change: "_Change | None" = None
    offset: int = 0

    @property
    def number(self) -> int:
        """The number that server processes see: it never falls, whatever is loaded."""
        return self.made.number + self.offset


@dataclass
class _Change:
    """A change that a writer process is working out."""

    process: int
    client: socket.socket
    report: socket.socket
    deadline: float


def main(arguments: list[str]) -> None:
    """Load, then serve workers and changes until the starter is gone."""
    plan = Plan.read(arguments[0])
    # They are for the server, which may want to finish what is running; see `_end_all`.
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    try:
        keeper = _open(plan)
    except FingerpostError as fault:
        sys.stdout.write(" ".join(str(fault).splitlines()) + "\n")
        sys.exit(1)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(plan.address)
        listener.listen(64)
        keeper.turn.number = keeper.number
        # What is there by now stays: no worker needs to look through it, and so to copy it.
        gc.freeze()
        keeper.clients.register(listener, selectors.EVENT_READ, _accept)
        keeper.clients.register(sys.stdin, selectors.EVENT_READ, _end_all)
        keeper.clients.register(_ends_of_children(), selectors.EVENT_READ, _reap)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            _turn(keeper)


def _open(plan: Plan) -> Keeper:
    opened = Generations(Path(plan.store)) if plan.store else None
    graph, made = opening.opened(plan, opened)
    keeper = Keeper(
        plan=plan,
        held=graph,
        generations=opened,
        made=made,
        writer=Writer(
            graph.terms,
            plain=plan.plain,
            folder=opened.folder if opened else None,
            services=plan.limits.services,
        ),
        turn=Turn(Path(plan.turn)),
    )
    # A keeper that takes another's place counts on from where that one was.
    keeper.offset = max(0, plan.start + 1 - made.number) if plan.start else 0
    if plan.writable:
        keeper.writer.prepare()
    return keeper


def _turn(keeper: Keeper) -> None:
    """Handle whatever has happened since the last turn."""
    if keeper.change is None and keeper.waiting:
        _begin(keeper, keeper.waiting.popleft())
    left = max(0.0, keeper.change.deadline - time.monotonic()) if keeper.change else None
    if keeper.plan.follows:
        left = _LOOKING
    events = keeper.clients.select(left)
    for key, _ in events:
        key.data(keeper, key.fileobj)
    if keeper.change and time.monotonic() >= keeper.change.deadline:
        _finish(keeper, {"fault": "time"}, b"")
    if keeper.plan.follows:
        _catch_up(keeper)


def _catch_up(keeper: Keeper) -> None:
    """Go over to the generations that have come into the store since it was last looked at."""
    while keeper.generations and keeper.generations.has(keeper.made.number + 1):
        changed = keeper.generations.change(keeper.made)
        keeper.held.prepare(changed)
        _go_on(keeper, changed)


def _ends_of_children() -> socket.socket:
    """Return a socket that has something to read whenever a child has ended."""
    reading, writing = socket.socketpair()
    writing.setblocking(False)
    signal.set_wakeup_fd(writing.detach(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reading


def _reap(keeper: Keeper, ends: socket.socket) -> None:
    ends.recv(4096)
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    keeper.held.tidy()


def _end_all(keeper: Keeper, _lifeline: object) -> None:
    """End: the starter says so, or is gone, and with this process go every worker and the folder.

    A starter that was killed has not removed it.
    """
    home.remove(Path(keeper.plan.address).parent)
    sys.exit(0)


def _accept(keeper: Keeper, listener: socket.socket) -> None:
    connection, _ = listener.accept()
    connection.settimeout(wire.PATIENCE)
    keeper.clients.register(connection, selectors.EVENT_READ, _serve)


def _serve(keeper: Keeper, connection: socket.socket) -> None:
    """Answer one message of a server process."""
    try:
        head, _, handle = wire.receive_handle(connection)
        if handle is not None:
            keeper.waiting.append(socket.socket(fileno=handle))
        elif "end" in head:
            _end(int(str(head["end"])))
        elif "fork" in head:
            _fork(keeper, connection)
        else:
            wire.send(connection, _about(keeper))
    except (EOFError, OSError):
        keeper.clients.unregister(connection)
        connection.close()


def _about(keeper: Keeper) -> wire.Head:
    place = "on disk" if keeper.plan.disk else "in memory"
    # What is no generation of a store and was not changed is what the files hold.
    built = [] if keeper.plan.plain or keeper.made.number else [*keeper.plan.files]
    return {"number": keeper.number, "id": keeper.made.id, "held": place, "built": built}


def _fork(keeper: Keeper, connection: socket.socket) -> None:
    """Fork a worker and hand its socket and process id to the other side."""
    if not keeper.held.whole():
        sys.stderr.write("The graph on disk is not as it was made: it is made anew.\n")
        sys.exit(1)
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        _forget(keeper, ours)
        worker.run(theirs, keeper.held, keeper.plan.limits)
    theirs.close()
    with ours:
        wire.send(connection, {"process": child, **_about(keeper)}, handles=[ours.fileno()])


def _end(child: int) -> None:
    """End a worker; `_reap` is told when it is gone."""
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _begin(keeper: Keeper, client: socket.socket) -> None:
    """Fork a process that works out the change which `client` asks for."""
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        _forget(keeper, ours)
        parts = keeper.writer, keeper.held, keeper.made
        writer.run(client, theirs, *parts, keeper.plan.limits)
    theirs.close()
    ours.settimeout(wire.PATIENCE)
    keeper.clients.register(ours, selectors.EVENT_READ, _worked_out)
    keeper.change = _Change(child, client, ours, time.monotonic() + keeper.plan.seconds)


def _forget(keeper: Keeper, ours: socket.socket) -> None:
    """Close, in a forked process, what belongs to the keeper."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    mine = [key.fileobj for key in keeper.clients.get_map().values()]
    for one in (*mine, *keeper.waiting, ours):
        if isinstance(one, socket.socket):
            one.close()
    keeper.clients.close()


def _worked_out(keeper: Keeper, report: socket.socket) -> None:
    """Commit the change that a writer has worked out, or tell why there is none."""
    try:
        head, body = wire.receive(report)
    except (EOFError, OSError):
        head, body = {"fault": "memory"}, b""
    if "fault" not in head:
        head, body = _commit(keeper, head, body)
    _finish(keeper, head, body)


def _commit(keeper: Keeper, head: wire.Head, body: bytes) -> tuple[wire.Head, bytes]:
    """Make a change durable, then visible."""
    split = int(str(head["split"]))
    changed = change.read(str(head["about"]), body[:split], body[split:])
    if changed.made.id != keeper.made.id:
        try:
            keeper.held.prepare(changed)
            if keeper.generations:
                keeper.generations.commit(Path(str(head["making"])), changed.made.number)
        except OSError as fault:
            return {"fault": "disk", "message": f"{fault.strerror}: {fault.filename}"}, b""
        except StoreFault as fault:
            return {"fault": "disk", "message": str(fault)}, b""
        _go_on(keeper, changed)
    return {"existed": head["existed"], "statements": changed.size, **_about(keeper)}, b""


def _go_on(keeper: Keeper, changed: Change) -> None:
    """Go on to the generation that a change makes, which was prepared."""
    keeper.held.advance(changed)
    keeper.writer.learn(changed)
    keeper.made = changed.made
    trail.leave(Path(keeper.plan.address).parent, keeper.number, changed)
    keeper.turn.number = keeper.number


def _finish(keeper: Keeper, head: wire.Head, body: bytes) -> None:
    change = keeper.change
    if change is None:
        return
    keeper.change = None
    _end(change.process)
    keeper.clients.unregister(change.report)
    change.report.close()
    if keeper.generations:
        keeper.generations.discard(change.process)
    with change.client, suppress(OSError):
        change.client.settimeout(wire.PATIENCE)
        wire.send(change.client, head, body)


if __name__ == "__main__":
    main(sys.argv[1:])
