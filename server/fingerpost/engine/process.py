"""The keeper's process, started, watched, and started again if it ends."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from fingerpost import memory
from fingerpost.engine import home
from fingerpost.engine.plan import Plan
from fingerpost.engine.turn import Turn
from fingerpost.engine.worker import Limits
from fingerpost.errors import DataFault, StoreFault

_ADDRESS = "engine"
_TURN = "turn"
_GRACE = 30
"""Seconds that a keeper has to end."""


class Keeping:
    """A keeper that runs from now until `close`, and the folder in which it is reached.

    `disk` is a folder for the graph, which is in memory without it. `failed` is called with a
    sentence if the keeper ends and does not start again.
    """

    def __init__(
        self,
        *,
        files: tuple[Path, ...] = (),
        store: Path | None = None,
        lock: int | None = None,
        plain: bool = False,
        writable: bool = False,
        seconds: float = 60.0,
        follows: bool = False,
        disk: Path | None = None,
        limits: Limits,
        failed: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.folder, self._held = home.make()
        self._turn = Turn(self.folder / _TURN, create=True)
        self._lock = lock
        self._failed = failed
        self._closing = False
        self._plan = Plan(
            address=str(self.folder / _ADDRESS),
            turn=str(self.folder / _TURN),
            files=tuple(map(str, files)),
            store=str(store) if store else None,
            plain=plain,
            writable=writable,
            seconds=seconds,
            follows=follows,
            disk=str(disk) if disk else None,
            limits=limits,
        )
        with contextlib.ExitStack() as undone:
            undone.callback(self._remove)
            self.process = self._start()
            undone.pop_all()
        threading.Thread(target=self._watch, daemon=True).start()

    def close(self) -> None:
        """End the keeper and every worker, and remove the folder."""
        self._closing = True
        with contextlib.suppress(OSError):
            if self.process.stdin:
                # Processes forked since then have this open, too: it does not end with us alone.
                self.process.stdin.write("end\n")
                self.process.stdin.close()
        try:
            self.process.wait(timeout=_GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._remove()

    def _remove(self) -> None:
        home.remove(self.folder)
        os.close(self._held)

    def _start(self) -> subprocess.Popen[str]:
        """Start a keeper, and wait until it is ready."""
        Path(self._plan.address).unlink(missing_ok=True)
        process = subprocess.Popen(  # noqa: S603 - our own module
            [
                sys.executable,
                "-P",
                "-m",
                "fingerpost.engine.keeper",
                json.dumps(asdict(self._plan)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=() if self._lock is None else (self._lock,),
            env=memory.with_large_pages({**os.environ, "PYTHONUNBUFFERED": "1"}),
        )
        if process.stdout is None:
            raise TypeError("a process without output")
        with process.stdout:
            said = process.stdout.readline()
        if said != "ready\n":
            if process.stdin:
                process.stdin.close()
            process.wait()
            fault = DataFault if not self._plan.store else StoreFault
            raise fault(said.strip() or "The engine could not load the graph; see above.")
        return process

    def _watch(self) -> None:
        """Start another keeper whenever one ends, as after a kernel short of memory."""
        while True:
            status = self.process.wait()
            if self._closing:
                return
            if self.process.stdin:
                self.process.stdin.close()
            self._plan = replace(self._plan, start=max(1, self._turn.number))
            try:
                self.process = self._start()
            except (DataFault, StoreFault, OSError) as fault:
                self._failed(f"The engine ended with status {status} and cannot start: {fault}")
                return


def address(folder: Path) -> Path:
    """Return the socket at which the keeper of a folder listens."""
    return folder / _ADDRESS


def turn(folder: Path) -> Turn:
    """Return the counter of the keeper of a folder."""
    return Turn(folder / _TURN)
