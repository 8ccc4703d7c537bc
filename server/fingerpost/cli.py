"""The doors on a terminal: what is served and asked, checked and written, kept and taken back."""

import os
import sys
from pathlib import Path
from typing import Any

import click

import fingerpost
from fingerpost import files
from fingerpost.errors import FingerpostError, NotConforming, SettingFault
from fingerpost.files import Folders
from fingerpost.graph.vocabulary import RESOURCE_KINDS

_data = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="FINGERPOST_DATA",
    help="Folder with ontology, shapes, instances or queries of your own.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(fingerpost.__version__, prog_name="fingerpost")
@_data
def commands(data: Path | None) -> None:
    """Say where life-science data can go, and why."""


@commands.command()
@_data
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
@click.option("--plain", is_flag=True, help="Serve the files DATASET just as they stand.")
@click.option("--open-writes", is_flag=True, help="With --plain: let anybody write.")
def serve(data: Path | None, dataset: tuple[Path, ...], plain: bool, **given: Any) -> None:
    """Serve pages, linked data and SPARQL until stopped.

    With --plain, serve the RDF files DATASET instead, without inference, shapes and pages.
    """
    from fingerpost import serving, settings

    if dataset and not plain:
        raise SettingFault("Files to serve are given with --plain; data folders with --data.")
    folders = None if plain else _folders(data)
    serving.serve(settings.read(folders, dataset, given), _tell)


@commands.command()
@_data
@click.option(
    "--format",
    "format_",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json", "turtle"]),
    help="How to write what is found.",
)
def check(data: Path | None, format_: str) -> None:
    """Say what is wrong with the records, and what to do about it."""
    from fingerpost import checking

    found = checking.check(_folders(data), _tell)
    click.echo(checking.write(found, format_), nl=False)
    if found.violations:
        sys.exit(1)


@commands.command()
@_data
@click.argument("text", required=False)
@click.option("--technique", help="A technique that answers must offer.")
@click.option("--phase", help="plan, collect, process, analyse, preserve, share or reuse.")
@click.option("--kind", help=f"One of {', '.join(RESOURCE_KINDS)}.")
@click.option("--country", help="Where you are: two letters, such as SE.")
@click.option("--sensitive", is_flag=True, help="There are personal data among it.")
@click.option("--limit", default=10, show_default=True, help="How many answers, at most 100.")
@click.option("--at", help="The day for which the answer holds, such as 2025-07-31.")
@click.option(
    "--format",
    "format_",
    default="table",
    show_default=True,
    type=click.Choice(["table", "json", "csv"]),
    help="How to write the answer.",
)
def recommend(data: Path | None, text: str | None, format_: str, **asked: object) -> None:
    """Say where to go with data of the kind TEXT, such as "light-sheet microscopy images"."""
    from fingerpost import catalogue
    from fingerpost.recommend import table

    given = {
        name: str(value)
        for name, value in asked.items()
        if value is not None and value is not False
    }
    if text:
        given["data"] = text
    found = catalogue.open_(_folders(data), _tell).recommend(given)
    writers = {"table": table.text, "csv": table.csv, "json": table.json}
    click.echo(writers[format_](found), nl=False)


@commands.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--format",
    "format_",
    default="table",
    show_default=True,
    type=click.Choice(["table", "json", "csv", "tsv", "xml", "sparql"]),
    help="How to write the answer; sparql writes the query itself.",
)
def query(name: str | None, parameters: tuple[str, ...], format_: str) -> None:
    """Run the saved query NAME with --parameter value …; without a name, list them all.

    Many queries have a parameter "data": a folder of data is given before the command, as in
    `fingerpost --data FOLDER query …`.
    """
    from fingerpost import terminal

    click.echo(terminal.query(_folders(None), name, parameters, format_, _tell), nl=False)


@commands.command()
@_data
@click.argument("what")
def show(data: Path | None, what: str) -> None:
    """Write the record WHAT, an IRI or kind/slug, as Turtle with what is claimed of it."""
    from fingerpost import terminal

    click.echo(terminal.show(_folders(data), what, _tell), nl=False)


@commands.command("format")
@_data
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail if a file would.")
def format_(data: Path | None, only_check: bool) -> None:
    """Rewrite every record in its canonical form."""
    from fingerpost import formatting

    changed = formatting.format_records(_folders(data), write=not only_check)
    for path in changed:
        click.echo(f"{'would rewrite' if only_check else 'rewrote'} {path}")
    if only_check and changed:
        sys.exit(1)


_store = click.option(
    "--store",
    envvar="FINGERPOST_STORE",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of generations, as in `serve --store`.",
)


@commands.command()
@_store
def history(store: Path) -> None:
    """List the generations of a store: when, by whom, what, and how much."""
    from fingerpost.generations.folder import Generations

    for made in Generations(store).history():
        click.echo(
            f"{made.number:>6}  {made.time[:19]}  {made.by:<16}  "
            f"+{made.added:<6,} -{made.removed:<6,}  {made.what}"
        )


@commands.command()
@_store
@click.argument("number", type=click.IntRange(0))
def rollback(store: Path, number: int) -> None:
    """Go back to generation NUMBER, as a new generation; the store may be in use."""
    from fingerpost import stored

    made = stored.rollback(store, number)
    click.echo(f"Generation {made.number} is as {number} was.")


@commands.command()
@_store
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
def backup(store: Path, target: Path) -> None:
    """Copy a store, which may be in use, to the folder TARGET."""
    from fingerpost.generations import folder

    made = folder.backup(store, target)
    click.echo(f"{target} holds everything up to generation {made.number} ({made.time[:19]}).")


@commands.command()
@_store
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
def export(store: Path, target: Path) -> None:
    """Write the records of a store to TARGET, such as the `instances` folder of a checkout.

    Only files that say something else are rewritten. What cannot be said in a record is listed,
    and the status is 1.
    """
    from fingerpost import export as exporting

    done = exporting.export(store, target)
    for path in done.written:
        click.echo(f"wrote {path}")
    for path in done.removed:
        click.echo(f"removed {path}")
    for line in done.left:
        click.echo(f"not written: {line}", err=True)
    if done.left:
        sys.exit(1)


def _folders(data: Path | None) -> Folders:
    """Return the folders that `--data` names, behind the command or before it."""
    before = click.get_current_context().find_root().params["data"]
    return files.folders(data or before)


def main() -> None:
    """Run a command; a fault that is expected ends it with one message and status 2."""
    try:
        commands()
    except NotConforming as fault:
        click.echo(f"The graph does not conform:\n{fault}", err=True)
        sys.exit(1)
    except FingerpostError as fault:
        click.echo(f"fingerpost: {fault}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader has seen enough, as `head` does; there is nobody left to tell.
        sys.stderr.close()
        sys.exit(0)


def _tell(message: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"{message} …", err=True)
