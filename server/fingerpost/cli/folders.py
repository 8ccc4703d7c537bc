"""What several commands share: the data that they are about, and how they tell of their work."""

import sys
from pathlib import Path

import click

from fingerpost import files
from fingerpost.files import Folders

data_option = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="FINGERPOST_DATA",
    help="Folder with ontology, shapes, instances or queries of your own.",
)


def folders(data: Path | None) -> Folders:
    """Return the folders that `--data` names, behind the command or before it."""
    before = click.get_current_context().find_root().params["data"]
    return files.folders(data or before)


def tell(message: str) -> None:
    """Say on a terminal what is being done; say nothing elsewhere."""
    if sys.stderr.isatty():
        click.echo(f"{message} …", err=True)
