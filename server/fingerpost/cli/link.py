"""The command that links two registries."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost import files
from fingerpost.cli.folders import folders, tell
from fingerpost.counting import counted
from fingerpost.errors import BadParameter

if TYPE_CHECKING:
    from fingerpost.registries.reading import Read

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SIDE = click.Path(path_type=Path)
_OURS = Path("fingerpost")
"""The word for our own records, in place of a file."""
_STATED = "stated"
_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


@click.command()
@click.argument("left", type=_SIDE, required=False)
@click.argument("right", type=_SIDE, required=False)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the links to this file, as SSSOM; without it, to the terminal.",
)
@click.option(
    "--rejected",
    type=_FILE,
    multiple=True,
    help="A mapping set whose rows with the modifier Not are never linked; repeatable.",
)
@click.option(
    "--licence", default=_LICENCE, show_default=True, help="The licence of the links, an address."
)
@click.option(
    "--evaluate",
    type=_FILE,
    help="A table with left_id and right_id: say how the links compare with it. Without LEFT "
    "and RIGHT, left.jsonl and right.jsonl beside it are linked.",
)
@click.option(
    "--audit",
    metavar="[FILE]",
    is_flag=False,
    flag_value=_STATED,
    help="List the links of a mapping set between LEFT and RIGHT that the evidence does not bear, "
    "instead of making links; without FILE, last of all, the links that the records state. What "
    "instances/mappings says was reviewed is not told again.",
)
def link(
    left: Path | None,
    right: Path | None,
    out: Path | None,
    rejected: tuple[Path, ...],
    licence: str,
    evaluate: Path | None,
    audit: str | None,
) -> None:
    """Link the entries of LEFT to those of RIGHT: which are the same thing, how surely, and why.

    Each is a file as a registry gives it (FAIRsharing's JSON:API, re3data's XML, RDMkit's list of
    tools), or JSON lines with id, name, alt_names, homepage, description; or it is the word
    fingerpost, for our own records. Rows that say Not in
    --out from before stay there, and are not linked again; nor is what was reviewed and rejected in
    instances/mappings. A record that cannot be read is named and left out, and the status is 1.
    """
    from fingerpost import formatting
    from fingerpost.registries import mapped

    sides = [_read(one) for one in _sides(left, right, evaluate)]
    mine, yours = (side.entries for side in sides)
    judged = mapped.reviewed(files.tables_below(folders(None).instances))
    if audit:
        links = mapped.stated(mine, yours) if audit == _STATED else mapped.linked(_file(audit))
        click.echo(mapped.audit(links, mine, yours, judged), nl=False)
        return
    kept = mapped.rejected([*rejected, *([out] if out and out.exists() else [])])
    tell("Linking")
    rows = mapped.link(mine, yours, [*kept, *judged.denied])
    if evaluate:
        click.echo(mapped.report(rows, evaluate), nl=False)
    text = mapped.write([*rows, *kept], licence)
    if out:
        formatting.put({out: text})
        click.echo(f"Wrote {counted(len(rows), 'link')} to {out}.", err=True)
    elif not evaluate:
        click.echo(text, nl=False)
    if any(side.broken for side in sides):
        sys.exit(1)


def _sides(left: Path | None, right: Path | None, truth: Path | None) -> tuple[Path, Path]:
    """Return the files that are linked: those named, or those beside the truth."""
    if truth and not left:
        left, right = truth.with_name("left.jsonl"), truth.with_name("right.jsonl")
    if not left or not right:
        raise BadParameter("Name two files: fingerpost link LEFT.jsonl RIGHT.jsonl.")
    for one in (left, right):
        if one != _OURS:
            _file(str(one))
    return left, right


def _file(name: str) -> Path:
    if not Path(name).is_file():
        raise BadParameter(f"There is no file {name}.")
    return Path(name)


def _read(path: Path) -> "Read":
    """Return what a file says, and tell what of it is broken."""
    from fingerpost.registries import ours, reading

    if path == _OURS:
        return reading.Read(tuple(ours.entries(folders(None).instances)), ())
    found = reading.read(path)
    for one in found.broken:
        click.echo(f"{path}: {one}", err=True)
    return found
