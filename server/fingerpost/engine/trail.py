"""What each change has touched, told by a keeper to who brings something up to date by it.

A file for each generation in the folder of the service: the subjects in the default graph of which
a statement came or went, with its property, and those with an identifier of ours in any graph; and
the properties of all statements in the default graph, and of those in named ones.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from fingerpost.generations.change import Change
from fingerpost.graph.vocabulary import IDS

Touched = frozenset[tuple[str, str]]
"""Subjects and properties of statements that came or went; in place of a subject, in what graph."""
DEFAULT, NAMED = GRAPHS = "default", "named"

_NAME = "touched"
_MOST = 50_000
"""Statements of a change; of a larger one nothing is told."""
_KEPT = 100
"""Changes that are told of, the last ones."""


def touched(changed: Change) -> Touched:
    """Return what a change touches."""
    return frozenset(
        (one, quad.predicate.value)
        for quad in (*changed.added, *changed.removed)
        for one in _places(quad)
    )


def _places(quad: Quad) -> Iterator[str]:
    default = quad.graph_name == DefaultGraph()
    yield DEFAULT if default else NAMED
    subject = quad.subject
    if isinstance(subject, NamedNode) and (default or subject.value.startswith(IDS)):
        yield subject.value


def leave(folder: Path, number: int, changed: Change) -> None:
    """Tell what the change touches that makes generation `number`."""
    with suppress(OSError):  # then everything is made anew
        _file(folder, number - _KEPT).unlink(missing_ok=True)
        if changed.size <= _MOST:
            _file(folder, number).write_text(json.dumps(sorted(touched(changed))), "utf-8")


def since(folder: Path, after: int, number: int) -> Touched | None:
    """Return what was touched after one generation up to another; None where it is not known."""
    found: set[tuple[str, str]] = set()
    if after > number:
        return None
    try:
        for one in range(after + 1, number + 1):
            found |= {(a, b) for a, b in json.loads(_file(folder, one).read_text("utf-8"))}
    except (OSError, ValueError):
        return None
    return frozenset(found)


def _file(folder: Path, number: int) -> Path:
    return folder / f"{_NAME}-{number}"
