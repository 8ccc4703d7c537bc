"""Running the application under Granian."""

import ipaddress
import json
import os
from dataclasses import asdict
from pathlib import Path

import click
from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from fingerpost import catalogue, store, web
from fingerpost.engine.cached import Cached
from fingerpost.engine.guarded import Fences, Guarded
from fingerpost.errors import SettingFault
from fingerpost.files import Folders
from fingerpost.progress import Progress

_SERVED = "FINGERPOST_SERVED"
_THREADS = 4


def serve(folders: Folders, fences: Fences, host: str, port: int, tell: Progress) -> None:
    """Build the graph if need be, say where to go, and answer until stopped.

    Raises:
        SettingFault: the address is not of the loopback, or taken.
        DataFault: the graph cannot be served.
    """
    _loopback(host)
    summary = store.current(folders, tell).summary
    places = {name: str(folder) for name, folder in asdict(folders).items()}
    os.environ[_SERVED] = json.dumps({"folders": places, "fences": asdict(fences)})
    server = Server(
        "fingerpost.serving:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=_THREADS,
        factory=True,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        websockets=False,
    )
    shown = f"[{host}]" if ":" in host else host
    click.echo(
        f"Fingerpost serves {summary.records:,} records in "
        f"{summary.stated + summary.inferred:,} statements, read-only.\n"
        f"  http://{shown}:{port}/           ask a question\n"
        f"  http://{shown}:{port}/queries    saved queries\n"
        f"  http://{shown}:{port}/sparql     SPARQL: {fences.seconds:g} s and "
        f"{fences.memory // 1024**2} MB a query\n"
        "Stop it with Ctrl-C."
    )
    server.serve()


def application() -> Flask:
    """Return the application in a server process, over the folders that its parent serves."""
    served = json.loads(os.environ[_SERVED])
    folders = Folders(**{name: Path(folder) for name, folder in served["folders"].items()})
    opened = catalogue.open_(folders, fences=Fences(**served["fences"]))
    asked = opened.engine.engine if isinstance(opened.engine, Cached) else opened.engine
    if isinstance(asked, Guarded) and not asked.without_network:
        click.echo("This kernel closes no network to queries: only the lexer refuses SERVICE.")
    return web.create_app(opened)


def _loopback(host: str) -> None:
    if host == "localhost":
        return
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError as fault:
        raise SettingFault(f'--host is an IP address or localhost, not "{host}".') from fault
    if not loopback:
        raise SettingFault(
            f"--host {host} is not of this machine alone. Serve on 127.0.0.1, and put a proxy "
            "before it."
        )
