"""Running the application under Granian."""

import ipaddress
import os
from pathlib import Path

import click
from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from fingerpost import store, web
from fingerpost.errors import SettingFault
from fingerpost.files import Folders
from fingerpost.progress import Progress

_ONTOLOGY, _SHAPES, _INSTANCES, _QUERIES = (
    f"FINGERPOST_SERVED_{name}" for name in ("ONTOLOGY", "SHAPES", "INSTANCES", "QUERIES")
)
_THREADS = 4


def serve(folders: Folders, host: str, port: int, tell: Progress) -> None:
    """Build the graph if need be, say where to go, and answer until stopped.

    Raises:
        SettingFault: the address is not of the loopback: nothing fences queries yet.
        DataFault: the graph cannot be served.
    """
    _loopback(host)
    summary = store.current(folders, tell).summary
    for name, folder in _places(folders).items():
        os.environ[name] = str(folder)
    server = Server(
        "fingerpost.serving:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=_THREADS,
        factory=True,
        log_level=LogLevels.warning,
        websockets=False,
    )
    shown = f"[{host}]" if ":" in host else host
    click.echo(
        f"Fingerpost serves {summary.records:,} records in "
        f"{summary.stated + summary.inferred:,} statements, read-only.\n"
        f"  http://{shown}:{port}/           ask a question\n"
        f"  http://{shown}:{port}/queries    saved queries\n"
        f"  http://{shown}:{port}/sparql     SPARQL\n"
        "Stop it with Ctrl-C."
    )
    server.serve()


def application() -> Flask:
    """Return the application in a worker process, over the folders that its parent serves."""
    ontology, shapes, instances, queries = (
        Path(os.environ[name]) for name in (_ONTOLOGY, _SHAPES, _INSTANCES, _QUERIES)
    )
    return web.create_app(folders=Folders(ontology, shapes, instances, queries))


def _places(folders: Folders) -> dict[str, Path]:
    return {
        _ONTOLOGY: folders.ontology,
        _SHAPES: folders.shapes,
        _INSTANCES: folders.instances,
        _QUERIES: folders.queries,
    }


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
            "before it: queries have no time limit yet."
        )
