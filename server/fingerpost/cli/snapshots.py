"""The commands that take in a registry as its snapshot: one for each that is known."""

import sys
from functools import partial
from pathlib import Path

import click

from fingerpost.cli.folders import folders, tell
from fingerpost.errors import SettingFault
from fingerpost.registries.known import REGISTRIES, Registry

_HELP = """Take in the records of {title} as its snapshot.

FILE_OR_URL is what the registry gives. Its records take the place of those of the last snapshot,
in a named graph of their own ({licence}); where they are the same, nothing is written. A record
that cannot be read is named and left out, and the status is 1.
"""
_OPTIONS: tuple[click.Parameter, ...] = (
    click.Argument(["source"], metavar="FILE_OR_URL"),
    click.Option(
        ["--data"],
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        envvar="FINGERPOST_DATA",
        help="Folder of data that a new store begins with.",
    ),
    click.Option(
        ["--store"],
        envvar="FINGERPOST_STORE",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder of generations, as in `serve --store`; made if it is not there.",
    ),
    click.Option(
        ["--from", "address"], metavar="ADDRESS", help="The address that a file was retrieved from."
    ),
    click.Option(["--as", "format_"], metavar="FORMAT", help="How it is written, such as lines."),
    click.Option(["--dry-run"], is_flag=True, help="Show what would change, and change nothing."),
    click.Option(
        ["--allow-collapse"],
        is_flag=True,
        help="Go on where there are far fewer records or cross-references than last time.",
    ),
)


def command(registry: Registry) -> click.Command:
    """Return the command that takes in a registry."""
    return click.Command(
        registry.prefix,
        callback=partial(_import, registry),
        params=list(_OPTIONS),
        help=_HELP.format(title=registry.title, licence=registry.licence),
    )


def _import(
    registry: Registry,
    source: str,
    data: Path | None,
    store: Path | None,
    address: str | None,
    format_: str | None,
    dry_run: bool,
    allow_collapse: bool,
) -> None:
    from fingerpost import importing

    if not store and not dry_run:
        raise SettingFault(
            f"Say with --store DIR where to keep the snapshot of {registry.title}: the folder that "
            "`fingerpost serve --store DIR` serves. It is made if it is not there."
        )
    found = importing.read(registry, source, format_, tell)
    place = folders(data)
    plan = importing.plan(registry, found, address or source, place, store)
    for one in plan.broken:
        click.echo(f"{source}: {one}", err=True)
    if dry_run:
        click.echo(plan.difference.text(), nl=False)
    if not allow_collapse:
        plan.check()
    if store and not dry_run:
        made = importing.carry_out(plan, place, store, tell)
        done = f"Generation {made.number} has" if made else "Nothing has changed:"
        click.echo(f"{done} {len(plan.difference.new.records):,} records of {registry.title}.")
    if plan.broken:
        sys.exit(1)


COMMANDS = tuple(map(command, REGISTRIES.values()))
"""One for each registry."""
