"""A keeper asked to change its graph, from a server process or a command."""

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from fingerpost import errors
from fingerpost.engine import Generation, process, wire, writer
from fingerpost.engine.writes import Write
from fingerpost.errors import (
    EngineBusy,
    FingerpostError,
    Invalid,
    QueryOutOfMemory,
    QueryOutOfTime,
    QuerySyntax,
    StoreFault,
    WriteLost,
)

_AHEAD = 4
"""How many changes one may wait for."""


@dataclass(frozen=True)
class Done:
    """What became of a change: the generation it made, or the one that has it already.

    It is durable; where it is not `shown`, readers see it later.
    """

    generation: Generation
    existed: bool
    statements: int
    shown: bool = True


def ask(folder: Path, write: Write, seconds: float) -> Done:
    """Make a change, durable and seen by everybody, and return what became of it.

    `folder` is that of a running `Keeping`; `seconds` is how long its changes may take.

    Raises:
        WriteFault, QueryFault, StoreFault: it is not made; the message says why.
        WriteLost: the keeper ended meanwhile.
    """
    ours, theirs = socket.socketpair()
    with ours, connected(folder, time.monotonic() + wire.PATIENCE) as keeper:
        with theirs:
            wire.send(keeper, {"write": 1}, handles=[theirs.fileno()])
        # Changes are made one after the other.
        ours.settimeout(seconds * _AHEAD + wire.PATIENCE)
        try:
            writer.send(ours, write)
            head, body = wire.receive(ours)
        except TimeoutError as fault:
            raise WriteLost("Other changes take long. Look whether this one was made.") from fault
        except (EOFError, OSError) as fault:
            raise WriteLost(
                "The engine ended while the change was made. Look whether it was made."
            ) from fault
    if "fault" in head:
        raise _refused(head, body, seconds)
    return Done(generation(head), bool(head["existed"]), int(str(head["statements"])))


def connected(folder: Path, end: float) -> socket.socket:
    """Return a connection to the keeper of a folder; a new one is waited for until `end`.

    Raises:
        EngineBusy: there is none.
    """
    while True:
        keeper = socket.socket(socket.AF_UNIX)
        keeper.settimeout(wire.PATIENCE)
        try:
            keeper.connect(os.fspath(process.address(folder)))
        except OSError as fault:
            keeper.close()
            if time.monotonic() > end:
                raise EngineBusy("The engine is being started anew. Try again soon.") from fault
            time.sleep(0.01)
        else:
            return keeper


def generation(head: wire.Head) -> Generation:
    """Return the generation that a message of a keeper names."""
    return Generation(int(str(head["number"])), str(head["id"]))


def _refused(head: wire.Head, body: bytes, seconds: float) -> FingerpostError:
    """Return the fault that kept a change from being made."""
    message = str(head.get("message", ""))
    match head["fault"]:
        case "time":
            return QueryOutOfTime(f"The change took longer than {seconds:g} seconds.")
        case "memory":
            return QueryOutOfMemory("The change took more memory than it may: make it in parts.")
        case "disk":
            return StoreFault(f"The store could not be written: {message}.")
        case "Invalid":
            problems = head["problems"]
            return Invalid(problems if isinstance(problems, list) else [], body.decode())
        case "QuerySyntax":
            return QuerySyntax(message, int(str(head["line"])), int(str(head["column"])))
    known: object = getattr(errors, str(head["fault"]))
    if not isinstance(known, type) or not issubclass(known, FingerpostError):
        raise TypeError(f"{head['fault']} is no fault of ours")
    return known(message)
