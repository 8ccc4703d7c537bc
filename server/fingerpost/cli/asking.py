"""`fingerpost recommend · ask`: a question, in fields or in whole sentences."""

from pathlib import Path

import click

from fingerpost import files
from fingerpost.cli import asked
from fingerpost.cli.asked import Command
from fingerpost.cli.folders import folders, format_option, tell
from fingerpost.errors import SettingFault
from fingerpost.graph.vocabulary import RESOURCE_KINDS

_OPTIONS = (
    click.option(
        "--data",
        multiple=True,
        help="A kind of data, may be repeated; a folder of data is one, as for every command.",
    ),
    click.option("--technique", help="A technique that answers must offer."),
    click.option("--phase", help="plan, collect, process, analyse, preserve, share or reuse."),
    click.option("--kind", help=f"One of {', '.join(RESOURCE_KINDS)}."),
    asked.circumstances,
    click.option("--limit", default=10, show_default=True, help="How many answers, at most 100."),
    asked.at_option,
    click.option(
        "--include-registries",
        is_flag=True,
        default=None,
        help="Tell also what the registries imported into --store list.",
    ),
    click.option(
        "--store",
        envvar="FINGERPOST_STORE",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Answer from this folder of generations, as in `serve --store`.",
    ),
    format_option("table", "json", "csv", help_="How to write the answer."),
)


def _fields(command: Command) -> Command:
    """Give a command the options that are the parts of a question."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@click.argument("text", nargs=-1)
@_fields
def recommend(
    text: tuple[str, ...],
    data: tuple[str, ...],
    store: Path | None,
    format_: str,
    **parts: object,
) -> None:
    """Say where to go with data of the kinds TEXT, such as "light-sheet microscopy images"."""
    folder, named = _folder(data)
    _answer(folder, store, {**parts, "data": text + named}, format_)


@click.command()
@click.argument("question", nargs=-1, required=True)
@_fields
def ask(
    question: tuple[str, ...],
    data: tuple[str, ...],
    store: Path | None,
    format_: str,
    **parts: object,
) -> None:
    """Answer a QUESTION in plain words, such as "where can I share light-sheet images?".

    What an option says goes before what is read in the question.
    """
    folder, named = _folder(data)
    _answer(folder, store, {**parts, "data": named, "q": " ".join(question)}, format_)


def _folder(data: tuple[str, ...]) -> tuple[Path | None, tuple[str, ...]]:
    """Return what of `--data` is a folder of data, and the others, which are kinds of data."""
    found = [text for text in data if files.is_data(Path(text))]
    if len(found) > 1:
        raise SettingFault(f"One folder of data at a time, not {', '.join(found)}.")
    return Path(found[0]) if found else None, tuple(text for text in data if text not in found)


def _answer(
    folder: Path | None, store: Path | None, parts: dict[str, object], format_: str
) -> None:
    from fingerpost import catalogue
    from fingerpost.recommend import table

    place = folders(folder)
    registries = parts.pop("include_registries")
    if registries and not store:
        raise SettingFault(
            "Registries are imported into a store: name it with --store DIR. "
            "`fingerpost import fairsharing FILE_OR_URL --store DIR` makes one."
        )
    opened = catalogue.of_store(store, place, tell) if store else catalogue.open_(place, tell)
    found = opened.recommend(asked.given({**parts, "include-registries": registries}))
    writers = {"table": table.text, "csv": table.csv, "json": table.json}
    click.echo(writers[format_](found), nl=False)
