"""What the README shows is what happens."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import fingerpost
from fingerpost.cli import commands
from fingerpost.registries.harvest import signing
from fingerpost.registries.reading import READERS

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")
PAGE = Path(fingerpost.__file__).parent / "web" / "docs" / "operating.md"
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def examples() -> list[tuple[str, list[str]]]:
    """Each command that the README shows, with the lines that it shows as its output."""
    found: list[tuple[str, list[str]]] = []
    for block in BLOCKS:
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.strip():
                found[-1][1].append(line.rstrip())
    return found


EXAMPLES = examples()


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_a_command_answers_as_the_readme_shows(
    command: str, shown: list[str], server: str, cache: Path
) -> None:
    words = shlex.split(command.replace("http://127.0.0.1:8000", server))
    if words[0] == "fingerpost":
        words = [sys.executable, "-m", *words]
    environment = {**os.environ, "FINGERPOST_CACHE": str(cache)}
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, timeout=60, env=environment
    )
    assert done.returncode == 0, done.stderr
    rest = iter(done.stdout.replace("\r", "").splitlines())
    for line in shown:
        wanted = line.removesuffix("…")
        assert any(
            real.rstrip() == wanted or (line.endswith("…") and real.startswith(wanted))
            for real in rest
        ), f"not in the answer, or not in this order: {line}\n{done.stdout}"


def test_the_readme_shows_three_questions_and_both_doors() -> None:
    shown = [command for command, _ in EXAMPLES]
    assert sum(command.startswith("fingerpost") for command in shown) >= 3
    assert sum(command.startswith("curl") for command in shown) >= 3


def every(command: click.Command) -> Iterator[click.Command]:
    """A command and those below it."""
    yield command
    if isinstance(command, click.Group):
        for one in command.commands.values():
            yield from every(one)


def test_every_setting_is_in_the_readmes_table() -> None:
    for command in commands.commands.values():
        for parameter in command.params:
            variable = getattr(parameter, "envvar", None)
            if variable:
                assert f"`{variable}`" in README, variable
    assert "`FINGERPOST_CACHE`" in README


def test_every_command_is_in_the_readme() -> None:
    for name in commands.commands:
        assert f"fingerpost {name}" in README, name


def test_the_operators_page_says_what_is_read_of_registries() -> None:
    page = PAGE.read_text("utf-8")
    assert {name for name in READERS if f"| `{name}` |" not in page} == set()


def test_the_operators_page_has_the_configurations_that_are_tested() -> None:
    page = PAGE.read_text("utf-8")
    folder = Path(__file__).parent / "clients" / "nginx"
    tested = [(folder / name).read_text("utf-8") for name in ("fingerpost.conf", "readers.conf")]
    assert re.findall(r"```nginx\n(.*?)```", page, re.DOTALL) == tested


def test_every_setting_and_command_on_the_operators_page_exists() -> None:
    page = PAGE.read_text("utf-8")
    parameters = [one for command in every(commands) for one in command.params]
    known = {getattr(one, "envvar", None) for one in parameters}
    options = {option for one in parameters for option in one.opts}
    known |= {"FINGERPOST_CACHE", signing.USER, signing.PASSWORD}
    assert set(re.findall(r"FINGERPOST_[A-Z_]+", page)) <= known
    assert {f"--{name}" for name in re.findall(r"`--([a-z-]+)`", page)} <= options
    for name in re.findall(r"fingerpost ([a-z]+) ", page):
        assert name in commands.commands or name in {"as", "serve"}, name


@pytest.mark.parametrize("variable", sorted(set(re.findall(r"FINGERPOST_[A-Z_]+", README))))
def test_every_setting_in_the_readme_exists(variable: str) -> None:
    package = Path(sys.modules["fingerpost"].__file__ or "").parent
    places = (package, Path(__file__).parent)
    source = "".join(path.read_text("utf-8") for place in places for path in place.rglob("*.py"))
    assert variable in source
