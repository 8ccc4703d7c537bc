"""The parts of a question as they are given: each a text or several, of a bounded length."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from fingerpost.errors import BadParameter
from fingerpost.recommend import reading
from fingerpost.recommend.concepts import Concept, Concepts
from fingerpost.recommend.reading import Reading
from fingerpost.suggest import suggestion

Given: TypeAlias = Mapping[str, str | Sequence[str]]
"""The parts of a question by name, as text; some may be given several times."""

FIELDS = (
    "data", "technique", "phase", "kind", "country", "sensitive", "human", "clinical", "size",
    "stage", "embargo", "cost", "affiliation", "condition", "limit", "at", "include-registries",
    "q",
)  # fmt: skip
"""The names under which the parts of a question are given."""
REPEATABLE = ("data", "condition")
"""Those of them that may be given several times."""

_SUBJECT = frozenset({"data", "technique"})
"""Those that say what a question is about."""
_LONGEST = 200
"""Characters of a text: finding the labels inside it takes time by their square."""
_MOST = 12
"""How many data types or conditions one question may have."""


@dataclass(frozen=True)
class Fields:
    """The texts that are given, each field's in order, blanks around them gone."""

    texts: Mapping[str, tuple[str, ...]]

    def with_(self, read: Reading) -> "Fields":
        """Return these fields and what was read of the others; given data leave out all data."""
        subject = _SUBJECT if self.texts.keys() & _SUBJECT else frozenset()
        more = {name: texts for name, texts in read.fields.items() if name not in subject}
        return Fields(more | dict(self.texts))

    def one(self, name: str) -> str | None:
        """Return the first text of a field, or None."""
        return next(iter(self.texts.get(name, ())), None)

    def concept(self, name: str, concepts: Concepts, classes: Iterable[str]) -> Concept | None:
        """Return what the first text of a field means; raises as `Concepts.find` does."""
        text = self.one(name)
        return concepts.find(text, classes) if text else None

    def concepts(
        self, name: str, concepts: Concepts, classes: Iterable[str]
    ) -> tuple[Concept, ...]:
        """Return what the texts of a field mean, each once; raises as `Concepts.find` does."""
        found = (concepts.find(text, classes) for text in self.texts.get(name, ()))
        return tuple(dict.fromkeys(found))


def fields(given: Given) -> Fields:
    """Return the fields of a question; empty texts are none.

    Raises:
        BadParameter: a name is not of `FIELDS`, or a text is too long or given too often.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, value in given.items():
        if name not in FIELDS:
            raise BadParameter(f'A question has no "{name}". {suggestion(name, FIELDS)}')
        texts = (value,) if isinstance(value, str) else value
        found[name] = tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
        _check(name, found[name])
    return Fields({name: texts for name, texts in found.items() if texts})


def _check(name: str, texts: tuple[str, ...]) -> None:
    most = _MOST if name in REPEATABLE else 1
    if len(texts) > most:
        again = "once" if most == 1 else f"at most {most} times"
        raise BadParameter(f'"{name}" is given {len(texts)} times: give it {again}.')
    longest = reading.LONGEST if name == "q" else _LONGEST
    for text in texts:
        if len(text) > longest:
            raise BadParameter(f"{name} has {len(text):,} characters; at most {longest:,}.")
