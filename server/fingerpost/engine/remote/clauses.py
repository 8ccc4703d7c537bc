"""The dataset of a query written into its text, for engines that take a long one only there."""

from collections.abc import Iterable

from fingerpost.engine import tokens
from fingerpost.engine.tokens import CLOSE, OPEN, Token


def words(text: str) -> frozenset[str]:
    """Return the words of a query, in capitals.

    FROM is one where it names its dataset itself (SPARQL 1.1 Query Language, 13.2), and GRAPH where
    it looks into named graphs.
    """
    found = tokens.significant(tokens.unescape(text))
    return frozenset(one.text.upper() for one in found if one.kind == "word")


def with_dataset(text: str, default: Iterable[str], named: Iterable[str]) -> str:
    """Return a query that names its dataset: the clauses stand before its pattern."""
    clauses = [f"FROM <{iri}>" for iri in default] + [f"FROM NAMED <{iri}>" for iri in named]
    plain = tokens.unescape(text)
    at = _before_pattern(list(tokens.significant(plain)), len(plain))
    return "\n".join([plain[:at], *clauses, plain[at:]])


def _before_pattern(words: list[Token], end: int) -> int:
    """Return where the pattern begins, with its WHERE or without; the end where there is none."""
    depth = 0
    before = ""
    for one in words:
        word = one.text.upper()
        # Braces behind CONSTRUCT are its template.
        if depth == 0 and (word == "WHERE" or (word == "{" and before != "CONSTRUCT")):
            return one.start
        depth += (word in OPEN) - (word in CLOSE)
        before = word
    return end
