"""`fingerpost serve`: its options, each with its FINGERPOST_ setting."""

import os
from pathlib import Path
from typing import Any

import click

from fingerpost.cli import remote
from fingerpost.cli.folders import data_option, folders, tell
from fingerpost.errors import SettingFault


@click.command()
@data_option
@click.argument("dataset", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--host",
    default="127.0.0.1",
    envvar="FINGERPOST_HOST",
    show_default=True,
    help="Address to listen on.",
)
@click.option(
    "--port",
    default=8000,
    envvar="FINGERPOST_PORT",
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port to listen on.",
)
@click.option(
    "--timeout",
    default=10.0,
    envvar="FINGERPOST_TIMEOUT",
    show_default=True,
    type=click.FloatRange(0.1, 3600),
    help="Seconds that a query may take.",
)
@click.option(
    "--memory",
    default=512,
    envvar="FINGERPOST_MEMORY",
    show_default=True,
    type=click.IntRange(64),
    help="Megabytes that a query may take beyond the loaded graph.",
)
@click.option(
    "--answer",
    default=64,
    envvar="FINGERPOST_ANSWER",
    show_default=True,
    type=click.IntRange(1),
    help="Megabytes that an answer may have.",
)
@click.option(
    "--kept",
    default=256,
    envvar="FINGERPOST_KEPT",
    show_default=True,
    type=click.IntRange(0),
    help="Megabytes of long answers that are kept as files; one may have a fourth of them.",
)
@click.option(
    "--workers",
    default=max(2, os.cpu_count() or 2),
    envvar="FINGERPOST_WORKERS",
    show_default="one a core, at least 2",
    type=click.IntRange(1, 256),
    help="Queries that run at once, each in a process of its own.",
)
@click.option(
    "--processes",
    default=1,
    envvar="FINGERPOST_PROCESSES",
    show_default=True,
    type=click.IntRange(1, 64),
    help="Server processes, which share one engine.",
)
@click.option(
    "--store",
    envvar="FINGERPOST_STORE",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that keeps changes, generation by generation.",
)
@click.option(
    "--token-file",
    envvar="FINGERPOST_TOKEN_FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Who may write: a line each, `name token`. FINGERPOST_TOKEN is one more token.",
)
@click.option(
    "--service",
    "services",
    multiple=True,
    envvar="FINGERPOST_SERVICE",
    help="An address that SERVICE and LOAD may name; one that ends in a slash, and all below it.",
)
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    envvar="FINGERPOST_PROXY",
    help="Address of a proxy whose X-Forwarded headers count.",
)
@click.option(
    "--rate",
    default=0.0,
    envvar="FINGERPOST_RATE",
    show_default="no limit",
    type=click.FloatRange(0),
    help="Requests a second that one client may make of each process.",
)
@click.option(
    "--access-log",
    is_flag=True,
    envvar="FINGERPOST_ACCESS_LOG",
    help="Tell every request in a line of JSON on standard error.",
)
@remote.engine_option
@remote.kind_option
@remote.graphs_option
@remote.update_option
@remote.credentials_option
@click.option(
    "--follow",
    is_flag=True,
    envvar="FINGERPOST_FOLLOW",
    help="Only read the --store, which another service writes, and follow it.",
)
@click.option(
    "--in-memory",
    default="auto",
    envvar="FINGERPOST_IN_MEMORY",
    show_default=True,
    help="Whether to hold the graph in memory or on disk: auto, always, never, or most megabytes.",
)
@click.option("--plain", is_flag=True, help="Serve the files DATASET just as they stand.")
@click.option("--open-writes", is_flag=True, help="With --plain: let anybody write.")
def serve(data: Path | None, dataset: tuple[Path, ...], plain: bool, **given: Any) -> None:
    """Serve pages, linked data and SPARQL until stopped.

    With --plain, serve the RDF files DATASET instead, without inference, shapes and pages.
    """
    from fingerpost import serving, settings

    if dataset and not plain:
        raise SettingFault("Files to serve are given with --plain; data folders with --data.")
    chosen = None if plain else folders(data)
    serving.serve(settings.read(chosen, dataset, given), tell)
