"""Running the application under Granian, over an engine that all its processes share."""

import ctypes
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer as Server

from fingerpost import catalogue, stored
from fingerpost.engine.guarded import Fences, Guarded
from fingerpost.engine.process import Keeping
from fingerpost.files import Folders
from fingerpost.policy import Policy
from fingerpost.progress import Progress
from fingerpost.settings import Settings

_SERVED = "FINGERPOST_SERVED"
_THREADS = 64
"""Requests that a process has in hand at once: one that waits for a worker or a body takes one."""
_PARENT_DEATH_SIGNAL = 1
_GRACE = 30
"""Seconds that running requests have when the server is asked to stop."""


def serve(settings: Settings, tell: Progress) -> None:
    """Build the graph if need be, say where to go, and answer until stopped.

    Raises:
        DataFault, StoreFault: the graph cannot be served.
    """
    with _keeper(settings, tell) as keeper:
        _announce(settings, keeper)
        _server(settings, keeper).serve()


def application() -> Flask:
    """Return the application in a server process, over the engine that its parent keeps."""
    # If the parent is killed, nobody must go on answering at its address.
    ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    # Counts are shared between processes only if this is first imported now.
    from fingerpost import web
    from fingerpost.web.site import Site

    served = json.loads(Path(os.environ[_SERVED]).read_text("utf-8"))
    folders = served["folders"] and Folders(**{k: Path(v) for k, v in served["folders"].items()})
    fences = Fences(**{**served["fences"], "services": tuple(served["fences"]["services"])})
    policy = Policy(**{**served["policy"], "proxies": tuple(served["policy"]["proxies"])})
    return web.create_app(Site(Guarded(Path(served["engine"]), fences), folders or None, policy))


@contextmanager
def _keeper(settings: Settings, tell: Progress) -> Iterator[Keeping]:
    """Start the engine, and end it when the server has ended."""
    handle = None
    files = settings.files
    if settings.store:
        handle = stored.prepare(settings.store, settings.folders, files, tell)
    elif settings.folders:
        files = catalogue.dataset(settings.folders, tell)
    fences = settings.fences
    keeper = Keeping(
        files=files,
        store=settings.store,
        lock=handle,
        plain=settings.folders is None,
        writable=settings.policy.writable,
        seconds=fences.writing,
        limits=fences.limits,
        failed=_give_up,
    )
    try:
        if settings.store:
            stored.say_served(settings.store, keeper.folder)
        yield keeper
    finally:
        keeper.close()
        if settings.store:
            stored.say_served(settings.store, None)


def _give_up(why: str) -> None:
    """End the server: without an engine it can answer nothing."""
    click.echo(f"fingerpost: {why}", err=True)
    os.kill(os.getpid(), signal.SIGTERM)


def _server(settings: Settings, keeper: Keeping) -> Server:
    per_process = -(-settings.fences.workers // settings.processes)
    served = {
        "engine": str(keeper.folder),
        "folders": settings.folders and {k: str(v) for k, v in asdict(settings.folders).items()},
        "fences": {**asdict(settings.fences), "workers": per_process},
        "policy": asdict(settings.policy),
    }
    # Tokens are in a file that only this user reads, and in no environment.
    place = keeper.folder / "served.json"
    place.touch(0o600)
    place.write_text(json.dumps(served), "utf-8")
    os.environ[_SERVED] = str(place)
    counts = keeper.folder / "counts"
    counts.mkdir(exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counts)
    return Server(
        "fingerpost.serving:application",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.processes,
        blocking_threads=_THREADS,
        factory=True,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE,
        websockets=False,
    )


def _announce(settings: Settings, keeper: Keeping) -> None:
    engine = Guarded(keeper.folder, settings.fences)
    fenced = engine.without_network
    if settings.folders:
        opened = catalogue.over(engine, settings.folders)
        what = f"{opened.records:,} records in {opened.statements:,} statements"
    else:
        what = "a dataset as it stands"
    engine.close()
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{shown}:{settings.port}"
    fences = settings.fences
    click.echo(f"Fingerpost serves {what}, {_writing(settings)}.")
    if settings.folders:
        click.echo(f"  {address}/           ask a question")
        click.echo(f"  {address}/queries    saved queries")
    click.echo(
        f"  {address}/sparql     SPARQL: {fences.seconds:g} s and "
        f"{fences.memory // 1024**2} MB a query, {_network(fences, fenced=fenced)}\n"
        "Stop it with Ctrl-C."
    )


def _writing(settings: Settings) -> str:
    if settings.policy.open_writes:
        return "which anybody may change"
    if not settings.policy.tokens:
        return "read-only"
    kept = f"kept in {settings.store}" if settings.store else "lost when it stops: give --store"
    return f"which {', '.join(sorted(settings.policy.tokens))} may change; changes are {kept}"


def _network(fences: Fences, *, fenced: bool) -> str:
    if fences.services:
        return f"which may ask {', '.join(fences.services)}"
    if fenced:
        return "without a network"
    return "which only the lexer keeps from other services: this kernel closes no network to them"
