"""The commands that take in a registry as its snapshot: one for each that is known."""

import os
import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fingerpost.cli.folders import folders, tell
from fingerpost.cli.watching import watched
from fingerpost.counting import counted
from fingerpost.errors import BadParameter, SettingFault
from fingerpost.registries.known import REGISTRIES, Registry

if TYPE_CHECKING:
    from fingerpost.files import Folders
    from fingerpost.importing import Plan
    from fingerpost.registries.harvest.fetching import Harvest

_HELP = """Take in the records of {title} as its snapshot.

FILE_OR_URL is what the registry gives; with --live it is asked itself. Its records take the
place of those of the last snapshot, in a named graph of their own ({licence}); where they are the
same, nothing is written. A record that cannot be read is named and left out, and the status is 1.
"""
_OTHERS = """Take in the records of any other registry as its snapshot.

FILE_OR_URL is RDF in the terms of DCAT or schema.org, a table (CSV) or JSON lines with id and name.
An id is an address, or begins with the name of the registry and a colon.
"""
_NAME = re.compile(r"[a-z][a-z0-9.]*(-[a-z0-9.]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_OPTIONS: tuple[click.Parameter, ...] = (
    click.Argument(["source"], metavar="FILE_OR_URL", required=False),
    click.Option(
        ["--live"],
        is_flag=True,
        help="Ask the registry itself, page by page; a run that broke off is gone on with.",
    ),
    click.Option(
        ["--login"],
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="With --live: a file with user and password, a line each.",
    ),
    click.Option(["--anew"], is_flag=True, help="With --live: keep no page from before."),
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
        ["--from", "address"],
        metavar="ADDRESS",
        help="The address that a file was retrieved from; with --live, that is asked instead.",
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
    source: str | None,
    live: bool,
    login: Path | None,
    anew: bool,
    data: Path | None,
    store: Path | None,
    address: str | None,
    format_: str | None,
    dry_run: bool,
    allow_collapse: bool,
) -> None:
    from fingerpost import importing
    from fingerpost.registries.harvest import fetching

    _check(registry, source, live, store or dry_run)
    source = source or address or fetching.address(registry.prefix)
    if live:
        with watched(f"Pages of {registry.title}") as count:
            harvest = _harvest(source, login, anew)
            found = importing.harvested(registry, harvest, tell, count)
    else:
        with watched(f"Records of {registry.title}") as count:
            found = importing.read(registry, source, format_, tell, count)
    place = folders(data)
    plan = importing.plan(registry, found, address or source, place, store)
    for one in plan.broken:
        click.echo(f"{source}: {one}", err=True)
    if dry_run:
        click.echo(plan.difference.text(), nl=False)
    if not allow_collapse:
        plan.check()
    if store and not dry_run:
        _carry_out(plan, place, store)
    if plan.broken:
        sys.exit(1)


def _check(registry: Registry, source: str | None, live: bool, kept: object) -> None:
    """Refuse what has nowhere to come from, or to go to."""
    if not kept:
        raise SettingFault(
            f"Say with --store DIR where to keep the snapshot of {registry.title}: the folder that "
            "`fingerpost serve --store DIR` serves. It is made if it is not there."
        )
    if bool(source) == live:
        raise BadParameter("Name a file or an address, or ask the registry itself with --live.")


def _carry_out(plan: "Plan", place: "Folders", store: Path) -> None:
    from fingerpost import importing

    made = importing.carry_out(plan, place, store, tell)
    done = f"Generation {made.number} has" if made else "Nothing has changed:"
    records = len(plan.difference.new.records)
    click.echo(f"{done} {counted(records, 'record')} of {plan.registry.title}.")


def _harvest(address: str, login: Path | None, anew: bool) -> "Harvest":
    from fingerpost.registries.harvest import signing
    from fingerpost.registries.harvest.fetching import Harvest

    return Harvest(login=signing.login(os.environ, login), address=address, anew=anew)


def _import_other(
    name: str, title: str, homepage: str, licence: str, holder: str | None, **given: Any
) -> None:
    if not _NAME.fullmatch(name) or name in REGISTRIES:
        raise BadParameter(
            f'"{name}" cannot name a registry: it is small letters and digits, is the prefix of '
            f"its identifiers, and is none of {', '.join(REGISTRIES)}."
        )
    for one in (homepage, licence):
        if not _ADDRESS.fullmatch(one):
            raise BadParameter(f'"{one}" is no address: it begins with https://.')
    other = Registry(name, title, homepage, licence, holder or title)
    _import(other, live=False, login=None, anew=False, **given)


def _other() -> click.Command:
    return click.Command(
        "records",
        callback=_import_other,
        params=[
            *(one for one in _OPTIONS if one.name not in {"live", "login", "anew"}),
            click.Option(["--name"], required=True, help="The prefix of its identifiers."),
            click.Option(["--title"], required=True, help="What the registry is called."),
            click.Option(["--homepage"], required=True, help="Where it is, an address."),
            click.Option(["--licence"], required=True, help="That of its records, an address."),
            click.Option(["--holder"], help="Whom to name; by default the registry."),
        ],
        help=_OTHERS,
    )


COMMANDS = (*map(command, REGISTRIES.values()), _other())
"""One for each registry that is known, and one for any other."""
