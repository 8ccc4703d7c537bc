"""The dataset of a query written into its text, for engines that take a long one only there."""

from collections.abc import Iterable

from fingerpost.engine import tokens
from fingerpost.engine.tokens import CLOSE, OPEN, Token


def described(text: str) -> bool:
    """Say whether a query names its dataset itself (SPARQL 1.1 Query Language, 13.2)."""
    return any(one.kind == "word" and one.text.upper() == "FROM" for one in _words(text))


def uses_graphs(text: str) -> bool:
    """Say whether a query looks into named graphs."""
    return any(one.kind == "word" and one.text.upper() == "GRAPH" for one in _words(text))


def with_dataset(text: str, default: Iterable[str], named: Iterable[str]) -> str:
    """Return a query that names its dataset: the clauses stand before its pattern."""
    clauses = [f"FROM <{iri}>" for iri in default] + [f"FROM NAMED <{iri}>" for iri in named]
    plain = tokens.unescape(text)
    at = _before_pattern(list(_words(plain)), len(plain))
    return "\n".join([plain[:at], *clauses, plain[at:]])


def _before_pattern(words: list[Token], end: int) -> int:
    """Return where the pattern begins, with its WHERE or without; the end where there is none."""
    depth = 0
    template = tokens.form(" ".join(one.text for one in words)) == "CONSTRUCT"
    constructed = False
    for at, one in enumerate(words):
        word = one.text.upper() if one.kind == "word" else ""
        if depth == 0 and word == "CONSTRUCT":
            constructed = True
            template = words[at + 1 : at + 2] != [] and words[at + 1].text == "{"
        if depth == 0 and word == "WHERE":
            return one.start
        if depth == 0 and one.text == "{":
            if not (template and constructed):
                return one.start
            template = False
        depth += (one.text in OPEN) - (one.text in CLOSE)
    return end


def _words(text: str) -> Iterable[Token]:
    return tokens.significant(tokens.unescape(text))
