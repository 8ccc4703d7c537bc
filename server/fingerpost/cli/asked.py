"""The options that several commands have as parts of a question, and the question they give."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., None])

_CIRCUMSTANCES = (
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
)

at_option = click.option("--at", help="The day for which the answer holds, such as 2025-07-31.")


def circumstances(command: Command) -> Command:
    """Give a command the options that say what data are like, and who asks."""
    for option in reversed(_CIRCUMSTANCES):
        command = option(command)
    return command


def given(asked: Mapping[str, object]) -> dict[str, str | tuple[str, ...]]:
    """Return the parts of a question that options gave."""
    return {
        name: value if isinstance(value, tuple) else str(value)
        for name, value in asked.items()
        if value is not None
    }
