"""`fingerpost route`: the whole way for one kind of data, phase by phase."""

from pathlib import Path

import click

from fingerpost.cli import asked
from fingerpost.cli.folders import data_option, folders, format_option, tell


@click.command()
@data_option
@click.argument("text", nargs=-1)
@click.option("--technique", help="A technique that facilities must offer.")
@asked.circumstances
@asked.at_option
@format_option(
    "text",
    "markdown",
    "jsonld",
    "madmp",
    help_="How to write the way; madmp is the skeleton of a data management plan.",
)
def route(data: Path | None, text: tuple[str, ...], format_: str, **parts: object) -> None:
    """Show the way of data of the kinds TEXT, such as "light-sheet images", through all phases."""
    from fingerpost import catalogue
    from fingerpost.route import jsonld, madmp, markdown

    found = catalogue.open_(folders(data), tell).route({**asked.given(parts), "data": text})
    writers = {
        "text": markdown.text,
        "markdown": markdown.markdown,
        "jsonld": jsonld.write,
        "madmp": madmp.write,
    }
    click.echo(writers[format_](found), nl=False)
