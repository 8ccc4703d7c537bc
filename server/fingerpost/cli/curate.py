"""Commands for curators: a new record by question and answer, many from a table."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.folders import data_option, folders, tell
from fingerpost.errors import BadParameter, NotConforming
from fingerpost.graph.vocabulary import KINDS

if TYPE_CHECKING:
    from fingerpost.curation.interview import Interview


@click.command()
@data_option
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.option(
    "--set", "given", multiple=True, metavar="FIELD=VALUE", help="An answer in advance; repeatable."
)
@click.option("--slug", help="The last part of its address; by default from the name.")
@click.option("--yes", is_flag=True, help="Ask nothing: take what is set, and write the file.")
def new(data: Path | None, kind: str, given: tuple[str, ...], slug: str | None, yes: bool) -> None:
    """Write a new record of KIND, asking for what it needs.

    Fields are named as in the ontology: name, description, url, accepts, usedIn, access and so
    on. Data types, phases and other records go by slug or by name.
    """
    from fingerpost import catalogue
    from fingerpost.curation.interview import Interview

    place = folders(data)
    opened = catalogue.open_(place, tell)
    asked = Interview(place, opened, kind)
    for one in given:
        name, equals, text = one.partition("=")
        if not equals:
            raise BadParameter(f'"{one}" is not FIELD=VALUE, such as name="BioImage Archive".')
        asked.answer(name.strip(), text)
    if not yes:
        _ask(asked)
    draft = asked.draft(slug)
    found = asked.problems(draft)
    if found:
        raise NotConforming(found)
    click.echo(asked.turtle(draft))
    if yes or click.confirm(f"Write {draft.path}?", default=True):
        asked.save(draft)
        click.echo(f"Wrote {draft.path}.")


def _ask(asked: "Interview") -> None:
    for field in asked.wanted():
        click.echo(f"\n{field.help}")
        while not asked.has(field.name):
            _try(asked, field.name, click.prompt(field.name, default=asked.default(field.name)))
    while name := click.prompt("\nAnother field, or Enter to end", default="", show_default=False):
        _try(asked, name, None)


def _try(asked: "Interview", name: str, text: str | None) -> None:
    try:
        if text is None:
            click.echo(asked.help(name))
            text = click.prompt(name)
        asked.answer(name, text)
    except BadParameter as fault:
        click.echo(str(fault), err=True)


@click.group("import")
def imports() -> None:
    """Take in records of others."""


@imports.command("csv")
@data_option
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file that says which column is which field.",
)
@click.option("--kind", type=click.Choice(list(KINDS)), help="The kind, where no column says it.")
@click.option("--source", help="The source of the facts, where no column says it.")
@click.option("--date", help="When the source says so, where no column says it.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--skip-broken", is_flag=True, help="Import the rows that are right.")
def table(
    data: Path | None,
    table: Path,
    mapping: Path | None,
    dry_run: bool,
    skip_broken: bool,
    **constants: str | None,
) -> None:
    """Take in the rows of TABLE, a CSV file whose columns are fields.

    A row is a record: a new one, or facts about one that is there, which become claims of their
    source. Nothing is removed. An empty cell says nothing.
    """
    from fingerpost import catalogue
    from fingerpost.curation import table as tables
    from fingerpost.curation import words

    place = folders(data)
    known = words.words(catalogue.open_(place, tell))
    shared = {name: text for name, text in constants.items() if text}
    importer = tables.Importer(place, known, tables.columns(mapping, shared))
    plan = importer.plan(table)
    for broken in plan.broken:
        click.echo(f"{table}:{broken.line}: {broken.column}: {broken.message}", err=True)
    faults = plan.problems(place)
    for fault in faults:
        click.echo(f"{table}: {fault}", err=True)
    if dry_run:
        click.echo("".join(plan.diff(place)), nl=False)
    if not dry_run and not faults and (skip_broken or not plan.broken):
        plan.save()
        click.echo(plan.summary())
    else:
        click.echo(f"{plan.summary()} Nothing was written.")
    if plan.broken or faults:
        sys.exit(1)
