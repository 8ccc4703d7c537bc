"""Running the application under Granian, over an engine that all its processes share."""

import json
import os
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click
from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels

from fingerpost import catalogue, files, greeting, listening, memory, policy, stored, web
from fingerpost.engine import fence, placing
from fingerpost.engine.fences import Fences
from fingerpost.engine.guarded import Guarded
from fingerpost.engine.placing import Placed
from fingerpost.engine.process import Keeping
from fingerpost.engine.remote.copied import Copied
from fingerpost.engine.remote.remote import Remote
from fingerpost.engine.remote.wanted import Wanted
from fingerpost.engine.remote.writing import Writing
from fingerpost.errors import FingerpostError
from fingerpost.files import Folders
from fingerpost.listening import Listening
from fingerpost.policy import Policy
from fingerpost.progress import Progress
from fingerpost.published import Published
from fingerpost.settings import Settings
from fingerpost.web.site import Site

_SERVED = "FINGERPOST_SERVED"
_THREADS = 256
"""Requests that a process has in hand at once: one that waits for a worker or a body takes one,
and a thread that waits costs next to nothing."""
_GRACE = 30
"""Seconds that running requests have when a server process is asked to stop."""
_RESPAWN = 2.0
"""Seconds that a new server process has to get ready before the one that it replaces is stopped."""


def serve(settings: Settings, tell: Progress) -> None:
    """Build the graph if need be, say where to go, and answer until stopped.

    Raises:
        DataFault, StoreFault: the graph cannot be served.
        SettingFault: nothing can listen at the address.
    """
    sockets = listening.bound(settings.host, settings.port, settings.processes)
    running = _Running(settings, tell)
    try:
        engine = _engine(running.keeper.folder, settings.fences, settings.remote, running.written)
        listening.begin(sockets)
        click.echo(greeting.text(settings, engine, running.placed))
        engine.close()
        server = _server(settings, sockets, running.retire)
        server.on_reload(running.reload)
        # Granian would look for a module by its name below the working folder first.
        server.serve(target_loader=application, wrap_loader=False)
    finally:
        running.close()


def application() -> Flask:
    """Return the application in a server process, over the engine that its parent keeps."""
    memory.few_arenas()
    # If the parent is killed, nobody must go on answering at its address.
    fence.die_with_parent()
    served = json.loads(Path(os.environ[_SERVED]).read_text("utf-8"))
    folders = served["folders"] and Folders(**{k: Path(v) for k, v in served["folders"].items()})
    fences = Fences(**{**served["fences"], "services": tuple(served["fences"]["services"])})
    policy = Policy(**{**served["policy"], "proxies": tuple(served["policy"]["proxies"])})
    folder = Path(served["engine"])
    written = served["written"] and Path(served["written"])
    engine = _engine(folder, fences, served["remote"] and Wanted(**served["remote"]), written)
    own = Copied(engine) if isinstance(engine, Remote) and engine.dialect.copied else None
    site = Site(engine, folders or None, policy, folder, own, served["kept"])
    app = web.create_app(site)
    site.begin()
    return app


def _engine(
    folder: Path, fences: Fences, remote: Wanted | None, written: Path | None
) -> Guarded | Remote:
    """Return what answers: our own workers, or an engine elsewhere that they look after.

    `written` is the folder of the keeper of a store that goes into that engine.
    """
    workers = Guarded(folder, fences)
    writing = Writing(written, fences.writing) if written else None
    return remote.reach(workers, fences, writing) if remote else workers


class _Running:
    """The engine of a server, and the one that it takes the place of after a reload."""

    def __init__(self, settings: Settings, tell: Progress) -> None:
        self._settings = settings
        self._tell = tell
        self._lock: int | None = None
        self._old: list[Keeping] = []
        self._published: Published | None = None
        self.placed = Placed(on_disk=False, why="")
        if settings.store and not settings.follow:
            place = settings.store
            self._lock = stored.prepare(place, settings.folders, settings.files, tell)
            if settings.remote:
                self._published = Published(self._keeping(place), place, settings.remote, tell)
        self.keeper = self._start()

    @property
    def written(self) -> Path | None:
        """The folder of the keeper of a store that goes into an engine elsewhere."""
        return self._published.folder if self._published else None

    def reload(self) -> None:
        """Read data and tokens again, as SIGHUP asks; what cannot be used changes nothing.

        A store takes newer data at its next start only. Server processes are replaced one by
        one after this, and those from before are served by the engine from before.
        """
        try:
            tokens = policy.tokens(self._settings.token_file, os.environ.get("FINGERPOST_TOKEN"))
            changed = replace(self._settings.policy, tokens=tokens)
            self._settings = replace(self._settings, policy=changed)
            if self._lock is None:
                before, self.keeper = self.keeper, self._start()
                self._old.append(before)
            else:
                self._hand_over(self.keeper)
        except FingerpostError as fault:
            click.echo(f"fingerpost: nothing is read again: {fault}", err=True)

    def retire(self) -> None:
        """End the engine that the server processes from before a reload had."""
        while self._old:
            self._old.pop().close()

    def close(self) -> None:
        """End every engine."""
        if self._published:
            self._published.close()
        self.retire()
        self.keeper.close()
        if self._lock is not None and self._settings.store:
            stored.say_served(self._settings.store, None)

    def _start(self) -> Keeping:
        settings = self._settings
        paths = () if settings.store else settings.files
        if settings.folders and not settings.store and not settings.remote:
            paths = catalogue.dataset(settings.folders, self._tell)
        keeper = self._keeping(None if settings.remote else settings.store, paths)
        self._hand_over(keeper)
        return keeper

    def _keeping(self, store: Path | None, paths: tuple[Path, ...] = ()) -> Keeping:
        """Return a keeper that runs: of a store, or of files."""
        settings = self._settings
        self.placed = _placed(settings, store, () if store else paths)
        keeper = Keeping(
            files=() if store else paths,
            store=store,
            lock=self._lock if store else None,
            follows=settings.follow,
            disk=files.cache() / "graphs" if self.placed.on_disk else None,
            plain=settings.folders is None,
            writable=settings.policy.writable and (store is not None or not settings.remote),
            seconds=settings.fences.writing,
            limits=settings.fences.limits,
            failed=_give_up,
        )
        if store and not settings.follow:
            stored.say_served(store, keeper.folder)
        return keeper

    def _hand_over(self, keeper: Keeping) -> None:
        """Leave word for the server processes that are started from now on."""
        settings = self._settings
        fences = settings.fences
        served = {
            "engine": str(keeper.folder),
            "folders": settings.folders
            and {k: str(v) for k, v in asdict(settings.folders).items()},
            "fences": {**asdict(fences), "workers": share(fences.workers, settings.processes)},
            "policy": asdict(settings.policy),
            "kept": settings.kept,
            "remote": settings.remote and asdict(settings.remote),
            "written": self.written and str(self.written),
        }
        # Tokens are in a file that only this user reads, and in no environment.
        place = keeper.folder / "served.json"
        place.touch(0o600)
        place.write_text(json.dumps(served), "utf-8")
        os.environ[_SERVED] = str(place)


def _placed(settings: Settings, store: Path | None, paths: tuple[Path, ...]) -> Placed:
    """Return where the graph is held: what has it besides the keeper are workers and a writer."""
    workers = share(settings.fences.workers, settings.processes) * settings.processes
    graph = placing.needed(paths, store)
    copies = workers + settings.policy.writable
    return placing.place(settings.in_memory, graph, copies, memory.free())


def _give_up(why: str) -> None:
    """End the server: without an engine it can answer nothing."""
    click.echo(f"fingerpost: {why}", err=True)
    os.kill(os.getpid(), signal.SIGTERM)


def _server(
    settings: Settings, sockets: Sequence[socket.socket], reloaded: Callable[[], None]
) -> Listening:
    return Listening(
        "fingerpost.serving:application",
        sockets,
        reloaded,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=_THREADS,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=_RESPAWN,
        workers_kill_timeout=_GRACE,
        websockets=False,
    )


def share(workers: int, processes: int) -> int:
    """Return how many workers each process has: two at least where there are several at all.

    Where a process has one, a runaway query makes everybody wait whose connection it has.
    """
    return max(min(workers, 2), -(-workers // processes))
