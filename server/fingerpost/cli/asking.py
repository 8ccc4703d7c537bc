"""`fingerpost recommend · ask`: a question, in fields or in whole sentences."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from fingerpost import files
from fingerpost.cli.folders import folders, tell
from fingerpost.errors import SettingFault
from fingerpost.graph.vocabulary import RESOURCE_KINDS

_Command = TypeVar("_Command", bound=Callable[..., None])

_OPTIONS = (
    click.option(
        "--data",
        multiple=True,
        help="A kind of data, may be repeated; a folder of data is one, as for every command.",
    ),
    click.option("--technique", help="A technique that answers must offer."),
    click.option("--phase", help="plan, collect, process, analyse, preserve, share or reuse."),
    click.option("--kind", help=f"One of {', '.join(RESOURCE_KINDS)}."),
    click.option("--country", help="Where you are: two letters, such as SE, or the name."),
    click.option("--sensitive/--not-sensitive", default=None, help="Personal data among it?"),
    click.option("--human/--not-human", default=None, help="Do the data come from people?"),
    click.option("--clinical/--not-clinical", default=None, help="Do they come from care?"),
    click.option("--size", help='How much it is, such as "600 GB", 2TB or "1.5 TiB".'),
    click.option("--stage", help="raw, as the instrument gave it, or derived."),
    click.option("--embargo/--no-embargo", default=None, help="Must it stay private for now?"),
    click.option("--cost", help="free: leave out what costs."),
    click.option("--affiliation", help="academic, industry, healthcare, or an organization."),
    click.option("--condition", multiple=True, help="What else holds, such as covid-19."),
    click.option("--limit", default=10, show_default=True, help="How many answers, at most 100."),
    click.option("--at", help="The day for which the answer holds, such as 2025-07-31."),
    click.option(
        "--format",
        "format_",
        default="table",
        show_default=True,
        type=click.Choice(["table", "json", "csv"]),
        help="How to write the answer.",
    ),
)


def _fields(command: _Command) -> _Command:
    """Give a command the options that are the parts of a question."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@click.argument("text", nargs=-1)
@_fields
def recommend(text: tuple[str, ...], data: tuple[str, ...], format_: str, **asked: object) -> None:
    """Say where to go with data of the kinds TEXT, such as "light-sheet microscopy images"."""
    folder, named = _folder(data)
    _answer(folder, {**asked, "data": text + named}, format_)


@click.command()
@click.argument("question", nargs=-1, required=True)
@_fields
def ask(question: tuple[str, ...], data: tuple[str, ...], format_: str, **asked: object) -> None:
    """Answer a QUESTION in plain words, such as "where can I share light-sheet images?".

    What an option says goes before what is read in the question.
    """
    folder, named = _folder(data)
    _answer(folder, {**asked, "data": named, "q": " ".join(question)}, format_)


def _folder(data: tuple[str, ...]) -> tuple[Path | None, tuple[str, ...]]:
    """Return what of `--data` is a folder of data, and the others, which are kinds of data."""
    found = [text for text in data if files.is_data(Path(text))]
    if len(found) > 1:
        raise SettingFault(f"One folder of data at a time, not {', '.join(found)}.")
    return Path(found[0]) if found else None, tuple(text for text in data if text not in found)


def _answer(folder: Path | None, asked: dict[str, object], format_: str) -> None:
    from fingerpost import catalogue
    from fingerpost.recommend import table

    given: dict[str, str | tuple[str, ...]] = {
        name: value if isinstance(value, tuple) else str(value)
        for name, value in asked.items()
        if value is not None
    }
    found = catalogue.open_(folders(folder), tell).recommend(given)
    writers = {"table": table.text, "csv": table.csv, "json": table.json}
    click.echo(writers[format_](found), nl=False)
