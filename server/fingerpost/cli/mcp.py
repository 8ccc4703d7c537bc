"""The command that a language model's client starts."""

from pathlib import Path

import click

from fingerpost.cli.folders import data_option, folders, tell


@click.command()
@data_option
def mcp(data: Path | None) -> None:
    """Serve a language model's client over standard input and output (Model Context Protocol)."""
    from fingerpost import mcp as protocol

    protocol.needed()
    from fingerpost.mcp import stdio

    stdio.serve(folders(data), tell)
