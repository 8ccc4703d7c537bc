"""`fingerpost publish`, and the options that name an engine at another address."""

from pathlib import Path

import click

from fingerpost.cli.folders import data_option, folders, tell
from fingerpost.errors import SettingFault

engine_option = click.option(
    "--engine",
    envvar="FINGERPOST_ENGINE",
    help="SPARQL endpoint of another engine, which answers instead of our own.",
)
kind_option = click.option(
    "--engine-kind",
    envvar="FINGERPOST_ENGINE_KIND",
    show_default="as it says itself",
    help="What kind of engine that is: standard, oxigraph or virtuoso.",
)
credentials_option = click.option(
    "--engine-credentials",
    envvar="FINGERPOST_ENGINE_CREDENTIALS_FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File with user:password or a token for it; FINGERPOST_ENGINE_CREDENTIALS is the same.",
)
graphs_option = click.option(
    "--engine-graphs",
    envvar="FINGERPOST_ENGINE_GRAPHS",
    help="Where that engine's graphs are written (SPARQL 1.1 Graph Store HTTP Protocol).",
)

update_option = click.option(
    "--engine-update",
    envvar="FINGERPOST_ENGINE_UPDATE",
    help="Where that engine takes SPARQL Update: then a generation comes into it in one step.",
)


@click.command()
@data_option
@click.option(
    "--engine", required=True, envvar="FINGERPOST_ENGINE", help="SPARQL endpoint of the engine."
)
@graphs_option
@update_option
@credentials_option
@click.option(
    "--store",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Put the last generation of this store there, not the data.",
)
def publish(
    data: Path | None,
    engine: str,
    engine_graphs: str | None,
    engine_update: str | None,
    engine_credentials: Path | None,
    store: Path | None,
) -> None:
    """Put the graph into another engine, as its next generation.

    Servers that were started with --engine go over to it within a second.
    """
    import os

    from fingerpost import catalogue
    from fingerpost.engine.remote import wanted
    from fingerpost.generations import files
    from fingerpost.generations.folder import Generations

    if engine_graphs is None:
        raise SettingFault("--engine-graphs says where the engine's graphs are written.")
    said = os.environ.get("FINGERPOST_ENGINE_CREDENTIALS")
    reached = wanted.read(
        engine, None, engine_credentials, said, graphs=engine_graphs, update=engine_update
    )
    if store:
        loaded, made = Generations(store).read(tell)
    else:
        loaded, made = files.load(catalogue.dataset(folders(data), tell), built=True)
    found = reached.publisher().publish(loaded, made.id, tell)
    click.echo(
        f"Generation {found.mark.number} ({found.mark.id}) is in the engine: "
        f"{found.written} named graphs written, {found.unchanged} unchanged."
    )
