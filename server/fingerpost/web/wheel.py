"""The life cycle as a wheel: one arm for each phase, drawn on the server."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

_CENTRE = 200.0
_OUTER = 198.0
_INNER = 92.0
_GAP = 0.012
_POINT = 0.13
"""How far, in radians, an arm points into the next."""


@dataclass(frozen=True)
class Arm:
    """One phase: the outline of its arm, and where its name stands."""

    slug: str
    name: str
    count: int
    outline: str
    x: float
    y: float


def arms(phases: Iterable[tuple[str, str, int]]) -> tuple[Arm, ...]:
    """Return the arms for phases in order, each a slug, a name and a count; the first points up.

    They lie in a square of 400 by 400.
    """
    given = list(phases)
    step = 2 * math.pi / max(len(given), 1)
    first = -math.pi / 2 - step / 2
    found = []
    for number, (slug, name, count) in enumerate(given):
        begin = first + number * step
        middle = begin + step / 2 + _POINT / 2
        x, y = _at((_OUTER + _INNER) / 2, middle)
        found.append(Arm(slug, name, count, _outline(begin + _GAP, begin + step - _GAP), x, y))
    return tuple(found)


def _outline(begin: float, end: float) -> str:
    """Return a piece of a ring that points forward and is notched behind."""
    middle = (_OUTER + _INNER) / 2
    return " ".join(
        [
            "M" + _said(_OUTER, begin),
            f"A{_OUTER:g} {_OUTER:g} 0 0 1 " + _said(_OUTER, end),
            "L" + _said(middle, end + _POINT),
            "L" + _said(_INNER, end),
            f"A{_INNER:g} {_INNER:g} 0 0 0 " + _said(_INNER, begin),
            "L" + _said(middle, begin + _POINT),
            "Z",
        ]
    )


def _at(radius: float, angle: float) -> tuple[float, float]:
    x, y = _CENTRE + radius * math.cos(angle), _CENTRE + radius * math.sin(angle)
    return round(x, 1), round(y, 1)


def _said(radius: float, angle: float) -> str:
    x, y = _at(radius, angle)
    return f"{x:g} {y:g}"
