"""`fingerpost changes`: what began, ended or moved, and what newer sources say otherwise."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from fingerpost.cli.folders import data_option, folders, format_option, tell
from fingerpost.counting import counted

_QUERY = "curate/changes"
_SAME = ("date", "name", "what", "old", "new")
_WIDTH = 78


@click.command()
@data_option
@click.option("--since", help="The day, month or year from which on, such as 2024-01-01.")
@click.option("--until", help="The day, month or year up to which, such as 2025-12.")
@format_option("text", "json", "csv", help_="How to write the changes.")
def changes(data: Path | None, since: str | None, until: str | None, format_: str) -> None:
    """Say what changed, in the order of time: from what to what, and who says so."""
    from fingerpost import catalogue
    from fingerpost.engine import results

    queries = catalogue.open_(folders(data), tell).queries
    given = {name: day for name, day in (("since", since), ("until", until)) if day}
    if format_ == "text":
        sources = queries.things("fp:Source")
        lines = _lines(queries.rows(_QUERY, given), sources)
        click.echo("\n".join(lines))
        return
    media_type = results.JSON if format_ == "json" else "text/csv"
    click.echo(queries.answer(_QUERY, given, media_type).decode(), nl=False)


def _lines(rows: Iterable[Mapping[str, str]], names: Mapping[str, str]) -> Iterator[str]:
    """Yield the changes for a terminal, each once with all who state it."""
    together: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        key = tuple(row.get(column, "") for column in _SAME)
        together.setdefault(key, []).append(names.get(row["source"], row["source"]))
    for (date, name, what, old, new), sources in together.items():
        yield f"{date:<10}  {name}: {what}"
        if old or new:
            yield from _wrapped(_move(old, new))
        yield from _wrapped(f"({'; '.join(sources)})")
    yield (
        counted(len(together), "change")
        if together
        else "Nothing that a source dates changed then."
    )


def _move(old: str, new: str) -> str:
    return f"{old} → {new}" if old and new else f"→ {new}" if new else f"was: {old}"


def _wrapped(text: str) -> list[str]:
    indent = " " * 12
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
