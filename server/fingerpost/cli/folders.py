"""What several commands share: the data that they are about, and how they tell of their work."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from fingerpost import files
from fingerpost.files import Folders

_Command = TypeVar("_Command", bound=Callable[..., None])

data_option = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="FINGERPOST_DATA",
    help="Folder with ontology, shapes, instances or queries of your own.",
)


def format_option(*names: str, help_: str) -> Callable[[_Command], _Command]:
    """Return the option that says in which of these formats to write; the first is the default."""
    return click.option(
        "--format",
        "format_",
        default=names[0],
        show_default=True,
        type=click.Choice(names),
        help=help_,
    )


def folders(data: Path | None) -> Folders:
    """Return the folders that `--data` names, behind the command or before it."""
    before = click.get_current_context().find_root().params["data"]
    return files.folders(data or before)


def tell(message: str) -> None:
    """Say on a terminal what is being done; say nothing elsewhere."""
    if sys.stderr.isatty():
        click.echo(f"{message} …", err=True)
