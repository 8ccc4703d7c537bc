r"""The words of a SPARQL text: enough of a lexer to find variables, keywords and nesting.

It follows the terminals of SPARQL 1.1 Query Language, 19.8. Codepoint escapes (`\u0053`) are
undone first (19.2), as they may stand for any character of a keyword.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<space>\s++)
  | (?P<comment>\#[^\n\r]*+)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
  | (?P<string>
        '''(?:[^'\\]|\\.|'{1,2}(?!'))*+'''
      | \"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*+\"\"\"
      | '(?:[^'\\\n\r]|\\.)*+'
      | "(?:[^"\\\n\r]|\\.)*+"
    )
  | (?P<unclosed>
        '''(?:[^'\\]|\\.|'{1,2}(?!'))*+
      | \"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*+
      | '(?:[^'\\\n\r]|\\.)*+
      | "(?:[^"\\\n\r]|\\.)*+
    )
  | (?P<variable>[?$]\w++)
  | (?P<number>\d++(?:\.\d++)?(?:[eE][+-]?\d++)?|\.\d++(?:[eE][+-]?\d++)?)
  | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
  | (?P<word>[\w\-.·]*+:(?:[\w\-.:·]|%[0-9A-Fa-f]{2}|\\.)*+)
  | (?P<run>[\w\-.·]++)
  | (?P<mark>&&|\|\||!=|<=|>=|\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PIECE = re.compile(
    r"(?P<number>\d++(?:\.\d++)?(?:[eE][+-]?\d++)?|\.\d++(?:[eE][+-]?\d++)?)"
    r"|(?P<word>[^\W\d]\w*+)|(?P<mark>.)",
    re.DOTALL,
)
"""What a run of letters, digits and signs without a colon behind it consists of. It is told apart
only then: looking for the colon anew at each of its characters takes time by their square."""
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|.)", re.DOTALL)
_USUAL = re.compile(
    r"(?:\s++|\#[^\n\r\\]*+[\n\r]|PREFIX\s++[\w\-.]*+:\s*+<[^<>\\\s]*+>)*+"
    r"(SELECT|ASK|CONSTRUCT|DESCRIBE)\b(?![\w\-.:])",
    re.IGNORECASE,
)
"""How nearly every query begins: what it is can be seen without reading all of its words."""
OPEN = frozenset("([{")
CLOSE = frozenset(")]}")
_SILENT = frozenset({"space", "comment"})
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())


class Token(NamedTuple):
    """A piece of a SPARQL text: `kind` is a group of the expression above."""

    kind: str
    text: str
    start: int


def unescape(text: str) -> str:
    """Return `text` with its codepoint escapes undone once; any other escape stays as it is."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(_character, text)


def tokens(text: str) -> Iterator[Token]:
    """Yield every token of `text`, white space and comments included: joined, they are it."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "run":
            start = match.start()
            for piece in _PIECE.finditer(match.group()):
                yield Token(str(piece.lastgroup), piece.group(), start + piece.start())
        else:
            yield Token(str(match.lastgroup), match.group(), match.start())


def significant(text: str) -> Iterator[Token]:
    """Yield the tokens that mean something."""
    return (token for token in tokens(text) if token.kind not in _SILENT)


def form(text: str) -> str | None:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE, or UPDATE; None where the text is neither."""
    usual = _USUAL.match(text)
    if usual:
        return usual.group(1).upper()
    prefixed = False
    for token in significant(unescape(text)):
        word = token.text.upper()
        if token.kind == "word" and not prefixed:
            if word in _FORMS:
                return word
            if word in _UPDATES:
                return "UPDATE"
        prefixed = word == "PREFIX"
    return None


def _character(match: re.Match[str]) -> str:
    digits = match.group(1) or match.group(2)
    if digits is None:
        return match.group()
    code = int(digits, 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return match.group()
    return chr(code)
