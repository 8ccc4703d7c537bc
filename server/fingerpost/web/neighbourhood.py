"""A record in the middle of its neighbours, drawn on the server as SVG, for wide and narrow pages.

All text has the size of the text around it, so it is drawn twice rather than made smaller.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fingerpost.web.neighbours import Group, Named

_ROW, _HEAD, _GAP, _BELOW = 26, 24, 18, 18
_WIDE, _NARROW = 980, 356
_BOX = 220
_SIDE = 330
"""How wide the column on either side of the middle is."""
_TEXT = _SIDE - 12
_LETTER = 8.1
"""How wide a letter is, at most, on average."""
_IN_ALL, _LEAST, _MOST = 36, 4, 12
"""Neighbours that are drawn: altogether about so many, of each relation so many."""
_RELATIONS = 10


@dataclass(frozen=True)
class Line:
    """Text at a place, in `rows`; with an address it is a link, `full` says more of what to."""

    rows: tuple[str, ...]
    x: int
    y: int
    role: str = ""
    href: str = ""
    full: str = ""
    language: str = ""
    right: bool = False


@dataclass(frozen=True)
class Drawing:
    """Lines of text and strokes in the units of SVG; `box` is the record's own: x, y, its size."""

    width: int
    height: int
    lines: tuple[Line, ...]
    strokes: tuple[str, ...]
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Part:
    """The neighbours of a relation that are drawn, and how many are not."""

    group: Group
    shown: tuple[Named, ...]
    more: int

    def height(self, width: int) -> int:
        """Return how high it is, drawn in a column of a width."""
        rows = sum(_tall(_wrapped(one.text, width)) for one in self.shown)
        return _HEAD + rows + _ROW * bool(self.more)


def parts(groups: Sequence[Group]) -> list[Part]:
    """Return what is drawn of groups, so that no record has too much."""
    kept = groups[:_RELATIONS]
    each = max(_LEAST, min(_MOST, _IN_ALL // max(len(kept), 1)))
    found = []
    for group in kept:
        number = len(group.neighbours)
        shown = number if number <= each + 1 else each
        found.append(Part(group, group.neighbours[:shown], number - shown))
    return found


def wide(name: Named, drawn: Sequence[Part]) -> Drawing:
    """Return the record with its neighbours to the left and right of it."""
    sides: tuple[list[Part], list[Part]] = ([], [])
    for part in drawn:
        sides[_height(sides[0], _TEXT) > _height(sides[1], _TEXT)].append(part)
    right, left = sides
    own = _box(name, (_WIDE - _BOX) // 2, 0, _BOX)
    height = max(_height(left, _TEXT), _height(right, _TEXT), own.box[3]) + 2 * _GAP
    top = (height - own.box[3]) // 2
    middle = height // 2
    lines = [_lowered(line, top) for line in own.lines]
    strokes: list[str] = []
    for side, parts_ in ((1, right), (-1, left)):
        edge = _WIDE // 2 + side * _BOX // 2
        bar = _WIDE // 2 + side * (_WIDE // 2 - _SIDE)
        y = (height - _height(parts_, _TEXT)) // 2
        for part in parts_:
            tall = part.height(_TEXT)
            half, bend = y + tall // 2, (edge + bar) // 2
            strokes.append(f"M{edge} {middle}C{bend} {middle} {bend} {half} {bar} {half}")
            strokes.append(f"M{bar} {y + 4}v{tall - 8}")
            lines += _block(part, bar + side * 12, y, _TEXT, right=side < 0)
            y += tall + _GAP
    box = (own.box[0], top, own.box[2], own.box[3])
    return Drawing(_WIDE, height, tuple(lines), tuple(strokes), box)


def narrow(name: Named, drawn: Sequence[Part]) -> Drawing:
    """Return the record with its neighbours above and below it."""
    y, spine, indent = 0, 6, 26
    room = _NARROW - indent
    half, above = _height(drawn, room) // 2, 0
    while above < len(drawn) - 1 and _height(drawn[: above + 1], room) <= half:
        above += 1
    lines: list[Line] = []
    strokes: list[str] = []
    own = _box(name, 0, 0, _NARROW)
    box = own.box
    for number, part in enumerate((*drawn, None)):
        if number == above:
            lines += [_lowered(line, y) for line in own.lines]
            box = (0, y, _NARROW, own.box[3])
            y += own.box[3] + _GAP
        if part is not None:
            strokes.append(f"M{spine} {y + 12}h12")
            lines += _block(part, indent, y, room, right=False)
            y += part.height(room) + _GAP
    begin = 12 if above else box[1] + box[3]
    end = y - _GAP - drawn[-1].height(room) + 12 if above < len(drawn) else box[1]
    strokes.append(f"M{spine} {begin}V{end}")
    return Drawing(_NARROW, y, tuple(lines), tuple(strokes), box)


def _height(column: Sequence[Part], width: int) -> int:
    return sum(part.height(width) for part in column) + _GAP * max(len(column) - 1, 0)


def _wrapped(text: str, width: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, int(width / _LETTER))) or (text,)


def _tall(rows: tuple[str, ...]) -> int:
    return _ROW + _BELOW * (len(rows) - 1)


def _block(part: Part, x: int, y: int, width: int, *, right: bool) -> list[Line]:
    """Return the lines of a relation: its name, neighbours, and how many more there are."""
    relation = part.group.relation
    head = relation[:1].upper() + relation[1:]
    lines = [Line((head,), x, y + 17, "relation", right=right)]
    y += _HEAD + 18
    for one in part.shown:
        rows = _wrapped(one.text, width)
        lines.append(Line(rows, x, y, "near", one.href, "", one.language, right))
        y += _tall(rows)
    if part.more:
        href, full = f"#{part.group.place}", f"and {part.more} more: {relation}"
        lines.append(Line((f"and {part.more} more",), x, y, "more", href, full, right=right))
    return lines


def _box(name: Named, x: int, y: int, width: int) -> Drawing:
    """Return the box of the record itself, with its name in at most three lines."""
    fits = int((width - 24) / (_LETTER + 1))
    said = textwrap.wrap(name.text, fits, max_lines=3, placeholder=" …")
    height = 22 * len(said) + 22
    lines = tuple(
        Line((text,), x + width // 2, y + 31 + 22 * row, "own", language=name.language)
        for row, text in enumerate(said)
    )
    return Drawing(width, height, lines, (), (x, y, width, height))


def _lowered(line: Line, by: int) -> Line:
    return replace(line, y=line.y + by)
