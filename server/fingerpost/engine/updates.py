"""What a SPARQL Update addresses, read from its words; and its dataset put in place.

SPARQL 1.1 Update (W3C, 2013), 3 and 4.2. The engine says nothing of the operations of an update,
so they are told apart by a scan of the tokens: enough to know which graphs they may change, and
where USING goes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from fingerpost.engine import tokens
from fingerpost.engine.tokens import CLOSE, OPEN, Token
from fingerpost.errors import BadRequest

_MANAGING = frozenset({"CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "LOAD"})
_TEMPLATES = frozenset({"INSERT", "DELETE"})


@dataclass
class Operation:
    """One operation of an update: its words, and the prologue in force."""

    words: list[Token]
    base: str
    prefixes: dict[str, str]

    @property
    def name(self) -> str:
        """Its first keyword, such as INSERT, or WITH."""
        return self.words[0].text.upper()

    @property
    def data(self) -> bool:
        """Whether it is INSERT DATA or DELETE DATA."""
        return self.name in _TEMPLATES and self.words[1:2] != [] and _is(self.words[1], "DATA")


@dataclass
class Targets:
    """What an update may change: graphs by IRI, the default graph, or graphs it does not name."""

    graphs: set[str] = field(default_factory=set)
    default: bool = False
    unnamed: bool = False


def operations(text: str, base: str, prefixes: dict[str, str]) -> list[Operation]:
    """Return the operations of an update, in order; what is no update gives no sense either."""
    found: list[Operation] = []
    prefixes = dict(prefixes)
    for words in _split(list(tokens.significant(tokens.unescape(text)))):
        base, rest = _prologue(words, base, prefixes)
        if rest:
            found.append(Operation(rest, base, dict(prefixes)))
    return found


def targets(found: Sequence[Operation]) -> Targets:
    """Return what the operations may change."""
    all_ = Targets()
    for operation in found:
        if operation.name in _MANAGING:
            _managed(operation, all_)
        else:
            _written(operation, all_)
    return all_


def using(
    text: str, found: Sequence[Operation], default: Sequence[str], named: Sequence[str]
) -> str:
    """Return an update whose WHERE clauses ask the graphs of the request (Protocol, 2.2.3).

    Raises:
        BadRequest: the update has USING or WITH of its own.
    """
    if not default and not named:
        return text
    text = tokens.unescape(text)
    clause = "".join(f" USING <{iri}>" for iri in default)
    clause += "".join(f" USING NAMED <{iri}>" for iri in named) + " "
    places: list[tuple[int, str]] = []
    for operation in found:
        own = [w.text.upper() for w in _top(operation.words) if w.kind == "word"]
        if "USING" in own or "WITH" in own:
            raise BadRequest(
                "Name the graphs once: as using-graph-uri and using-named-graph-uri, or by USING "
                "and WITH in the update, not both (SPARQL 1.1 Protocol, 2.2.3)."
            )
        places.extend(_insertions(operation, clause))
    for start, piece in sorted(places, reverse=True):
        text = text[:start] + piece + text[start:]
    return text


def _insertions(operation: Operation, clause: str) -> Iterator[tuple[int, str]]:
    where = next((w for w in _top(operation.words) if _is(w, "WHERE")), None)
    if where is None or operation.name not in _TEMPLATES:
        return
    if _is(operation.words[1], "WHERE"):
        # DELETE WHERE takes no USING: its pattern is written as template too (Update, 3.1.3.3).
        pattern = " ".join(word.text for word in operation.words[2:])
        yield where.start, f"{pattern}{clause}"
    else:
        yield where.start, clause


def _split(words: list[Token]) -> Iterator[list[Token]]:
    depth = 0
    one: list[Token] = []
    for word in words:
        depth += (word.text in OPEN) - (word.text in CLOSE)
        if word.text == ";" and depth == 0:
            yield one
            one = []
        else:
            one.append(word)
    yield one


def _prologue(words: list[Token], base: str, prefixes: dict[str, str]) -> tuple[str, list[Token]]:
    """Return the base and the words behind the prologue, whose prefixes go into `prefixes`."""
    at = 0
    while at < len(words):
        if _is(words[at], "BASE") and at + 1 < len(words):
            base = urljoin(base, words[at + 1].text[1:-1])
            at += 2
        elif _is(words[at], "PREFIX") and at + 2 < len(words):
            prefixes[words[at + 1].text.rstrip(":")] = urljoin(base, words[at + 2].text[1:-1])
            at += 3
        elif _is(words[at], "VERSION"):
            at += 2
        else:
            break
    return base, words[at:]


def _managed(operation: Operation, found: Targets) -> None:
    """Take CLEAR, DROP, CREATE, ADD, MOVE, COPY and LOAD: every graph that they name."""
    for word in operation.words[1:]:
        if word.kind == "iri" or (word.kind == "word" and ":" in word.text):
            _name(operation, word, found)
        elif _is(word, "DEFAULT"):
            # As the source of ADD and COPY it is only read.
            read = operation.name in {"ADD", "COPY"} and word is not operation.words[-1]
            found.default |= not read
        elif _is(word, "ALL") or _is(word, "NAMED"):
            found.unnamed = True
            found.default |= _is(word, "ALL")
    if operation.name == "LOAD" and not any(_is(word, "INTO") for word in operation.words):
        found.default = True


def _written(operation: Operation, found: Targets) -> None:
    """Take INSERT and DELETE in all their forms: the graphs of their templates."""
    words = operation.words
    bare = [_graphs_of(template, operation, found) for template in _templates(words)]
    if any(bare) and operation.name == "WITH" and len(words) > 1:
        _name(operation, words[1], found)
    elif any(bare):
        found.default = True


def _graphs_of(template: list[Token], operation: Operation, found: Targets) -> bool:
    """Take the graphs of a template; return whether it also has statements outside of them."""
    bare = named = False
    depth = 0
    for word in template:
        if depth == 0 and named:
            _name(operation, word, found)
            named = False
        elif depth == 0 and _is(word, "GRAPH"):
            named = True
        elif depth == 0 and word.text not in {"{", "}", "."}:
            bare = True
        depth += (word.text == "{") - (word.text == "}")
    return bare


def _templates(words: list[Token]) -> Iterator[list[Token]]:
    """Yield what stands inside the braces behind INSERT and DELETE, DATA and WHERE included."""
    at = 0
    while at < len(words):
        if words[at].text.upper() in _TEMPLATES:
            start = next((n for n in range(at, len(words)) if words[n].text == "{"), len(words))
            end = _closing(words, start)
            yield words[start + 1 : end]
            at = end
        at += 1
        if at < len(words) and _is(words[at], "WHERE"):
            return


def _closing(words: list[Token], start: int) -> int:
    depth = 0
    for at in range(start, len(words)):
        depth += (words[at].text == "{") - (words[at].text == "}")
        if depth == 0:
            return at
    return len(words)


def _top(words: list[Token]) -> Iterator[Token]:
    depth = 0
    for word in words:
        depth -= word.text in CLOSE
        if depth == 0:
            yield word
        depth += word.text in OPEN


def _name(operation: Operation, word: Token, found: Targets) -> None:
    """Add the graph that `word` names; one that cannot be told from here is unnamed."""
    if word.kind == "iri":
        found.graphs.add(urljoin(operation.base, word.text[1:-1]))
        return
    prefix, colon, local = word.text.partition(":")
    if word.kind == "word" and colon and prefix in operation.prefixes and "\\" not in local:
        found.graphs.add(operation.prefixes[prefix] + local)
    else:
        found.unnamed = True


def _is(word: Token, keyword: str) -> bool:
    return word.kind == "word" and word.text.upper() == keyword
