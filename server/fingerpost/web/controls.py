"""The fields of a record as the controls of a form, each with what is wrong with it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from fingerpost.curation import corrections
from fingerpost.curation.corrections import Entry, Fault
from fingerpost.curation.fields import Field
from fingerpost.graph.vocabulary import SCHEMES

_FEW = 16
"""So many choices are shown one beside the other."""
_FORMS = {
    "address": "An address that begins with https://",
    "date": "2026, 2026-07 or 2026-07-31",
    "day": "A day such as 2026-07-31",
    "duration": "P30D is 30 days",
    "number": "A number",
}
_TERMS = re.compile(r":\s[a-z-]+:[A-Za-z…].*$", re.DOTALL)
"""The end of a message that says how it looks in Turtle, which a form need not."""
_TRUTHS = ("yes", "no")


@dataclass(frozen=True)
class Control:
    """A field of a form: `widget` is line, lines, prose, choice or ticks.

    `text` is what stands in it; of `options` those are chosen that stand in it on a line.
    """

    name: str
    label: str
    widget: str
    text: str
    help: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    kept: tuple[str, ...] = ()
    fault: str = ""

    @property
    def chosen(self) -> frozenset[str]:
        """The lines of the text."""
        return frozenset(line.strip().casefold() for line in self.text.split("\n"))

    @property
    def rows(self) -> int:
        """How many lines the control shows."""
        letters = max(len(self.text) // 60, self.text.count("\n"))
        return min(max(letters + 1, 3 if self.widget == "prose" else 2), 9)


def controls(
    entries: Mapping[str, Entry],
    given: Mapping[str, str],
    faults: Iterable[Fault],
    offered: Callable[[str], list[str]],
) -> list[Control]:
    """Return the controls for fields: what was given, or else what the record states."""
    wrong: dict[str, list[str]] = {}
    for one in faults:
        wrong.setdefault(one.field, []).append(one.message)
    return [
        _control(entry, given.get(name, entry.text), " ".join(wrong.get(name, [])), offered)
        for name, entry in entries.items()
    ]


def label(name: str) -> str:
    """Return the name of a field as a reader has it."""
    if name == "url":
        return "Homepage"
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("-", " ").lower()
    return words[:1].upper() + words[1:]


def _control(entry: Entry, text: str, fault: str, offered: Callable[[str], list[str]]) -> Control:
    field = entry.field
    options = _options(entry, offered)
    return Control(
        name=field.name,
        label=label(field.name),
        widget=_widget(field, options),
        text=text,
        help=_TERMS.sub(".", field.help),
        hint=_hint(field, options),
        options=options,
        required=field.required,
        kept=tuple(one.value for one in entry.kept),
        fault=fault,
    )


def _options(entry: Entry, offered: Callable[[str], list[str]]) -> tuple[str, ...]:
    """Return the choices of a field that has few, where they can say all that it holds."""
    field = entry.field
    found: tuple[str, ...] = ()
    if field.form == "truth":
        found = _TRUTHS
    elif field.choices:
        found = tuple(sorted(field.choices))
    elif len(field.kinds) == 1 and field.kinds[0] in SCHEMES:
        found = tuple(offered(field.kinds[0]))
    several = field.form == "truth" and len(entry.texts) > 1
    return found if len(found) <= _FEW and set(entry.texts) <= set(found) and not several else ()


def _widget(field: Field, options: tuple[str, ...]) -> str:
    if options:
        return "choice" if field.single or field.form == "truth" else "ticks"
    if corrections.prose(field):
        return "prose"
    return "line" if field.single else "lines"


def _hint(field: Field, options: tuple[str, ...]) -> str:
    if options:
        return ""
    said = _FORMS.get(field.form, "")
    if field.form == "thing":
        said = f"A name, or an address such as {field.kinds[0]}/…"
    if corrections.prose(field):
        return "An empty line between two texts"
    if field.single:
        return said
    return f"{said}; one a line" if said else "One a line"
