"""`fingerpost history · rollback · backup · export`: what becomes of a store."""

import sys
from pathlib import Path

import click

_store = click.option(
    "--store",
    envvar="FINGERPOST_STORE",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of generations, as in `serve --store`.",
)


@click.command()
@_store
def history(store: Path) -> None:
    """List the generations of a store: when, by whom, what, and how much."""
    from fingerpost.generations.folder import Generations

    for made in Generations(store).history():
        click.echo(
            f"{made.number:>6}  {made.time[:19]}  {made.by:<16}  "
            f"+{made.added:<6,} -{made.removed:<6,}  {made.what}"
        )


@click.command()
@_store
@click.argument("number", type=click.IntRange(0))
def rollback(store: Path, number: int) -> None:
    """Go back to generation NUMBER, as a new generation; the store may be in use."""
    from fingerpost import stored

    made = stored.rollback(store, number)
    click.echo(f"Generation {made.number} is as {number} was.")


@click.command()
@_store
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
def backup(store: Path, target: Path) -> None:
    """Copy a store, which may be in use, to the folder TARGET."""
    from fingerpost.generations import recording

    made = recording.backup(store, target)
    click.echo(f"{target} holds everything up to generation {made.number} ({made.time[:19]}).")


@click.command()
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
