"""Names as they are compared: their forms, their words, the letters they are shortened to."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)*|[^\W_0-9]+(?:['’][^\W_0-9]+)?")
_ASIDE = re.compile(r"[(\[]([^()\[\]]{2,})[)\]]")
_PARTS = re.compile(r"\s+[-–—|/]+\s+|:\s*(?=\w)|\s*;\s*|\s+-(?=\w)|,\s+(?=the\b)")
_FORMERLY = re.compile(
    r"^(?:formerly|former(?: name)?|previously|originally|earlier|aka|a\.k\.a\.|also)\b"
    r"(?:\s+(?:known\s+as|called|named))?\s*:?\s*",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "a an and at by da de der des di do du e el en et for from im in la le of on or the to und "
    "van von with y".split()
)
_SPELLED = {
    "centre": "center",
    "colour": "color",
    "behaviour": "behavior",
    "programme": "program",
    "db": "database",
    "registry": "register",
    "archives": "archive",
    "catalogue": "catalog",
    "uk": "britain",
    "usa": "us",
    "tenth": "10",
    "ninth": "9",
}
GENERAL = frozenset(
    "archive bank base browser catalog center collection consortium controlled data database "
    "databank dataset dictionary edition facility hub initiative library network online ontology "
    "package platform portal program project register release repository resource revision schema "
    "server service site standard store system terminology thesauru tool toolkit version "
    "vocabulary web website".split()
)
"""Words that say what sort of thing a name names, and leave open which."""
_ENDING = re.compile(r"(?<=[a-z]{2})-?(?:db|base)$")
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<![su])s$")
_DOMAIN = re.compile(r"\.(?:org|com|net|info|io)$", re.IGNORECASE)


@dataclass(frozen=True)
class Form:
    """One way to call a thing.

    `whole` is false for a piece of a longer name, `head` true for the piece before a colon or dash,
    `former` true for a name that it had.
    """

    text: str
    whole: bool = True
    former: bool = False
    head: bool = False

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, without case, accents, plurals and small words."""
        return words(self.text)

    @cached_property
    def key(self) -> str:
        """Its words in one, by which equal names are found."""
        return "".join(self.words)

    @cached_property
    def core(self) -> str:
        """Its words in one, without those that only say its sort; empty where none is left."""
        return "".join(_ENDING.sub("", word) for word in self.words if word not in GENERAL)

    @property
    def leads(self) -> bool:
        """Whether it is a whole name, or stands before the colon of one."""
        return self.whole or self.head

    @cached_property
    def initials(self) -> str:
        """The first letters of its words, small words left out."""
        return "".join(word[0] for word in self.words) if len(self.words) > 2 else ""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a name, or of any text, as they are compared."""
    plain = _folded(_DOMAIN.sub("", text.strip()).replace("&", " and "))
    found = (match.group() for match in _WORD.finditer(plain))
    kept = [_spelled(word) for word in found if word not in _SMALL]
    return tuple(kept) or tuple(match.group() for match in _WORD.finditer(plain))


def _folded(text: str) -> str:
    """Return a text without case and accents."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text)
    return "".join(one for one in folded.casefold() if not unicodedata.combining(one))


@lru_cache(maxsize=1 << 16)
def _spelled(word: str) -> str:
    word = _SPELLED.get(word, word)
    shorter = _PLURAL.sub("", word)
    return _SPELLED.get(shorter, shorter)


def forms(names: tuple[str, ...]) -> tuple[Form, ...]:
    """Return every form of a thing's names, the given ones first."""
    found: dict[str, Form] = {}
    for name in names:
        for form in _forms(name):
            if form.key and (form.key not in found or form.whole > found[form.key].whole):
                found[form.key] = form
    return tuple(found.values())


def _forms(name: str) -> Iterator[Form]:
    plain = _FORMERLY.sub("", name.strip())
    former = plain != name.strip()
    yield Form(plain, former=former)
    for aside in _ASIDE.findall(plain):
        inside = _FORMERLY.sub("", aside)
        is_short = len(words(inside)) == 1
        yield Form(inside, whole=is_short, former=former or inside != aside)
    bare = _ASIDE.sub(" ", plain).strip()
    if bare != plain:
        yield Form(bare, former=former)
    parts = _PARTS.split(bare)
    if len(parts) > 1:
        for number, part in enumerate(parts):
            yield Form(part, whole=False, former=former, head=number == 0)
