"""`fingerpost mappings · resolve`: our records and those of registries."""

import json
from pathlib import Path

import click

from fingerpost.cli.folders import data_option, folders, format_option, tell
from fingerpost.errors import UnknownRecord


@click.command()
@data_option
@format_option("sssom", "turtle", help_="How to write the mappings: SSSOM as TSV, or as RDF.")
def mappings(data: Path | None, format_: str) -> None:
    """Write how all records match those of registries, as a mapping set."""
    from fingerpost import catalogue
    from fingerpost.engine import results
    from fingerpost.publish import mappings as every

    found = every.all_(catalogue.open_(folders(data), tell).engine)
    if format_ == "turtle":
        click.echo(results.graph(every.statements(found), "text/turtle"), nl=False)
    else:
        click.echo(every.write(found), nl=False)


@click.command()
@data_option
@click.argument("identifier")
@format_option("text", "json", help_="How to name the records.")
def resolve(data: Path | None, identifier: str, format_: str) -> None:
    """Name the records that IDENTIFIER means: an identifier, a CURIE, or an address."""
    from fingerpost import catalogue
    from fingerpost.registries import resolving

    engine = catalogue.open_(folders(data), tell).engine
    found = resolving.index(engine).resolve(identifier)
    if not found:
        raise UnknownRecord(
            f'No record has the identifier "{identifier}". Understood are {resolving.UNDERSTOOD}.'
        )
    if format_ == "json":
        listed = [{"record": one.record, "name": one.name, "by": one.by} for one in found]
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.record}  {one.name}  ({one.by}: {one.known})")
