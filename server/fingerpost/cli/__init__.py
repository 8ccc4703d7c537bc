"""The doors on a terminal: what is served and asked, checked and written, kept and taken back."""

import datetime
import sys
from pathlib import Path

import click

import fingerpost
from fingerpost.cli import (
    asking,
    changes,
    curate,
    link,
    mapping,
    mcp,
    remote,
    route,
    serve,
    snapshots,
    store,
)
from fingerpost.cli.folders import data_option, folders, format_option, tell
from fingerpost.errors import FingerpostError, NotConforming


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(fingerpost.__version__, prog_name="fingerpost")
@data_option
def commands(data: Path | None) -> None:
    """Say where life-science data can go, and why."""


@commands.command()
@data_option
@format_option("text", "json", "turtle", help_="How to write what is found.")
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Check as of that day, such as 2027-11-22; without it, as of today.",
)
def check(data: Path | None, format_: str, at: datetime.datetime | None) -> None:
    """Say what is wrong with the records, and what to do about it."""
    from fingerpost import checking

    found = checking.check(folders(data), tell, at.date() if at else None)
    click.echo(checking.write(found, format_), nl=False)
    if found.violations:
        sys.exit(1)


@commands.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1, type=click.UNPROCESSED)
@format_option(
    "table",
    "json",
    "csv",
    "tsv",
    "xml",
    "sparql",
    help_="How to write the answer; sparql writes the query itself.",
)
@click.option(
    "--store",
    envvar="FINGERPOST_STORE",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Ask this folder of generations, as in `serve --store`.",
)
def query(name: str | None, parameters: tuple[str, ...], format_: str, store: Path | None) -> None:
    """Run the saved query NAME with --parameter value …; without a name, list them all.

    Many queries have a parameter "data": a folder of data is given before the command, as in
    `fingerpost --data FOLDER query …`.
    """
    from fingerpost import terminal

    click.echo(terminal.query(folders(None), name, parameters, format_, tell, store), nl=False)


@commands.command()
@data_option
@click.argument("what")
def show(data: Path | None, what: str) -> None:
    """Write the record WHAT, an IRI or kind/slug, as Turtle with what is claimed of it."""
    from fingerpost import terminal

    click.echo(terminal.show(folders(data), what, tell), nl=False)


@commands.command("format")
@data_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail if a file would.")
def format_(data: Path | None, only_check: bool) -> None:
    """Rewrite every record in its canonical form."""
    from fingerpost import formatting

    changed = formatting.format_records(folders(data), write=not only_check)
    for path in changed:
        click.echo(f"{'would rewrite' if only_check else 'rewrote'} {path}")
    if only_check and changed:
        sys.exit(1)


for one in (
    asking.ask,
    asking.recommend,
    changes.changes,
    route.route,
    serve.serve,
    store.history,
    store.rollback,
    store.backup,
    store.export,
    curate.new,
    remote.publish,
    curate.imports,
    link.link,
    mapping.mappings,
    mapping.resolve,
    mcp.mcp,
):
    commands.add_command(one)
for one in snapshots.COMMANDS:
    curate.imports.add_command(one)


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
