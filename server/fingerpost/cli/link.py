"""The command that links two registries."""

from pathlib import Path

import click

from fingerpost.cli.folders import tell
from fingerpost.errors import BadParameter

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
def link(
    left: Path | None,
    right: Path | None,
    out: Path | None,
    rejected: tuple[Path, ...],
    licence: str,
    evaluate: Path | None,
) -> None:
    """Link the entries of LEFT to those of RIGHT: which are the same thing, how surely, and why.

    Both are files of JSON lines with id, name, alt_names, homepage, description. Rows that say
    Not in --out from before stay there, and are not linked again.
    """
    from fingerpost import formatting
    from fingerpost.registries import entry, mapped

    if evaluate and not left:
        left, right = evaluate.with_name("left.jsonl"), evaluate.with_name("right.jsonl")
    if not left or not right:
        raise BadParameter("Name two files: fingerpost link LEFT.jsonl RIGHT.jsonl.")
    for one in (left, right):
        if not one.is_file():
            raise BadParameter(f"There is no file {one}.")
    kept = mapped.rejected([*rejected, *([out] if out and out.exists() else [])])
    tell(f"Linking {left.name} to {right.name}")
    rows = mapped.link(entry.read(left), entry.read(right), kept)
    if evaluate:
        click.echo(mapped.report(rows, evaluate), nl=False)
    text = mapped.write([*rows, *kept], licence)
    if out:
        formatting.put({out: text})
        click.echo(f"Wrote {len(rows)} links to {out}.", err=True)
    elif not evaluate:
        click.echo(text, nl=False)
