"""`fingerpost route`: the whole way for one kind of data, phase by phase."""

from pathlib import Path

import click

from fingerpost.cli.folders import data_option, folders, tell


@click.command()
@data_option
@click.argument("text", nargs=-1)
@click.option("--technique", help="A technique that facilities must offer.")
@click.option("--country", help="Where you are: two letters, such as SE, or the name.")
@click.option("--sensitive/--not-sensitive", default=None, help="Personal data among it?")
@click.option("--human/--not-human", default=None, help="Do the data come from people?")
@click.option("--clinical/--not-clinical", default=None, help="Do they come from care?")
@click.option("--size", help='How much it is, such as "600 GB".')
@click.option("--stage", help="raw, as the instrument gave it, or derived.")
@click.option("--embargo/--no-embargo", default=None, help="Must it stay private for now?")
@click.option("--cost", help="free: leave out what costs.")
@click.option("--affiliation", help="academic, industry, healthcare, or an organization.")
@click.option("--condition", multiple=True, help="What else holds, such as covid-19.")
@click.option("--at", help="The day for which the answer holds, such as 2025-07-31.")
@click.option(
    "--format",
    "format_",
    default="text",
    show_default=True,
    type=click.Choice(["text", "markdown", "jsonld", "madmp"]),
    help="How to write the way; madmp is the skeleton of a data management plan.",
)
def route(data: Path | None, text: tuple[str, ...], format_: str, **asked: object) -> None:
    """Show the way of data of the kinds TEXT, such as "light-sheet images", through all phases."""
    from fingerpost import catalogue
    from fingerpost.route import jsonld, madmp, markdown

    given: dict[str, str | tuple[str, ...]] = {
        name: value if isinstance(value, tuple) else str(value)
        for name, value in asked.items()
        if value is not None
    }
    found = catalogue.open_(folders(data), tell).route({**given, "data": text})
    writers = {
        "text": markdown.text,
        "markdown": markdown.markdown,
        "jsonld": jsonld.write,
        "madmp": madmp.write,
    }
    click.echo(writers[format_](found), nl=False)
