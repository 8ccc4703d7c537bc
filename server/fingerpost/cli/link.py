"""The command that links two registries."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.folders import tell
from fingerpost.errors import BadParameter

if TYPE_CHECKING:
    from fingerpost.registries.reading import Read

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


@click.command()
@click.argument("left", type=_FILE, required=False)
@click.argument("right", type=_FILE, required=False)
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
    type=_FILE,
    help="A mapping set between LEFT and RIGHT: list its links that the evidence does not bear, "
    "instead of making links.",
)
def link(
    left: Path | None,
    right: Path | None,
    out: Path | None,
    rejected: tuple[Path, ...],
    licence: str,
    evaluate: Path | None,
    audit: Path | None,
) -> None:
    """Link the entries of LEFT to those of RIGHT: which are the same thing, how surely, and why.

    Each is a file as a registry gives it (FAIRsharing's JSON:API, re3data's XML, RDMkit's list of
    tools), or JSON lines with id, name, alt_names, homepage, description. Rows that say Not in
    --out from before stay there, and are not linked again. A record that cannot be read is named
    and left out, and the status is 1.
    """
    from fingerpost import formatting
    from fingerpost.registries import mapped

    sides = [_read(one) for one in _sides(left, right, evaluate)]
    if audit:
        click.echo(mapped.audit(audit, sides[0].entries, sides[1].entries), nl=False)
        return
    kept = mapped.rejected([*rejected, *([out] if out and out.exists() else [])])
    tell("Linking")
    rows = mapped.link(sides[0].entries, sides[1].entries, kept)
    if evaluate:
        click.echo(mapped.report(rows, evaluate), nl=False)
    text = mapped.write([*rows, *kept], licence)
    if out:
        formatting.put({out: text})
        click.echo(f"Wrote {len(rows)} links to {out}.", err=True)
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
        if not one.is_file():
            raise BadParameter(f"There is no file {one}.")
    return left, right


def _read(path: Path) -> "Read":
    """Return what a file says, and tell what of it is broken."""
    from fingerpost.registries import reading

    found = reading.read(path)
    for one in found.broken:
        click.echo(f"{path}: {one}", err=True)
    return found
