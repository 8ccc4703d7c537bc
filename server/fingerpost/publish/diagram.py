"""The classes as a picture: a tree from left to right, drawn on the server as SVG."""

from collections.abc import Iterable
from dataclasses import dataclass

from fingerpost.graph.vocabulary import curie

_ROW, _COLUMN, _BOX, _EDGE = 34, 250, 200, 8


@dataclass(frozen=True)
class Box:
    """A class at a place; `href` leads to where it is described."""

    label: str
    href: str
    x: int
    y: int
    ours: bool


@dataclass(frozen=True)
class Line:
    """A line from a class to one that is part of it, as the path of SVG."""

    path: str


@dataclass(frozen=True)
class Diagram:
    """A drawing, in the units of SVG; `text` says the same in words."""

    width: int
    height: int
    box: int
    boxes: list[Box]
    lines: list[Line]
    text: str


def tree(classes: Iterable[tuple[str, str, list[str]]]) -> Diagram:
    """Return the drawing of classes, each given by IRI, label and the classes it is part of.

    A class that is part of several stands below the first that is ours, or else the first.
    """
    known = {iri: (label, parents) for iri, label, parents in classes}
    children: dict[str, list[str]] = {}
    for iri, (_, parents) in sorted(known.items(), key=lambda one: one[1][0]):
        ours = [one for one in parents if one in known and one != iri]
        children.setdefault((_nearest(ours, known) or [*parents, ""])[0], []).append(iri)
    roots = sorted(one for one in children if one and one not in known)
    found = _Drawn(known, children)
    for root in roots:
        found.place(root, 0)
    for lonely in children.get("", []):
        found.place(lonely, 0)
    return found.diagram()


def _nearest(parents: list[str], known: dict[str, tuple[str, list[str]]]) -> list[str]:
    """Return the parents of which none of the others is a part."""
    return [
        one
        for one in parents
        if not any(one in known[other][1] for other in parents if other != one)
    ]


class _Drawn:
    """Boxes and lines, row by row."""

    def __init__(
        self, known: dict[str, tuple[str, list[str]]], children: dict[str, list[str]]
    ) -> None:
        self._known = known
        self._children = children
        self._row = 0
        self._deepest = 0
        self.boxes: list[Box] = []
        self.lines: list[Line] = []
        self.words: list[str] = []

    def place(self, iri: str, depth: int) -> int:
        """Draw a class with what is part of it; return the height at which it stands."""
        self._deepest = max(self._deepest, depth)
        below = self._children.get(iri, [])
        start = self._row
        heights = [self.place(one, depth + 1) for one in below]
        if not heights:
            self._row += 1
        y = (heights[0] + heights[-1]) // 2 if heights else start * _ROW
        label = self._known[iri][0] if iri in self._known else curie(iri)
        href = f"#{iri.rpartition('#')[2]}" if iri in self._known else iri
        x = depth * _COLUMN
        self.boxes.append(Box(label, href, x, y, iri in self._known))
        self.lines.extend(_line(x, y, height) for height in heights)
        if below:
            names = ", ".join(self._known[one][0] for one in below)
            self.words.append(f"{label}: {names}.")
        return y

    def diagram(self) -> Diagram:
        """Return the drawing."""
        width = self._deepest * _COLUMN + _BOX
        height = self._row * _ROW
        return Diagram(width, height, _BOX, self.boxes, self.lines, " ".join(self.words))


def _line(x: int, y: int, to: int) -> Line:
    begin, end = x + _BOX, x + _COLUMN
    middle = (begin + end) // 2
    half = (_ROW - _EDGE) // 2
    return Line(f"M{begin} {y + half}H{middle}V{to + half}H{end}")
