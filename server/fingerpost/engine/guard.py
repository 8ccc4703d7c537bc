"""What is never given to the engine, and why.

pyoxigraph makes HTTP requests for SERVICE without a switch or a timeout, and its parser
overflows the stack, which ends the process, on texts that are nested or chained far enough.
"""

from collections.abc import Iterator

from fingerpost.engine import tokens
from fingerpost.engine.tokens import Token
from fingerpost.errors import QueryRefused, QuerySyntax, QueryTooComplex

LENGTH = 200_000
"""The longest query text, in characters."""
DEPTH = 64
"""The deepest nesting of parentheses, brackets and braces together."""
PIECES = 4_000
"""The most tokens of a query that are not data in VALUES: chains of operators count by them."""

_OPEN = frozenset("([{")
_CLOSE = frozenset(")]}")
_OPERANDS = frozenset({"variable", "string", "number", "word", "iri", "language"})


def check(text: str) -> None:
    """Return if the engine may be given `text`.

    The text is read as it stands and with its codepoint escapes undone, since an engine may
    undo them before it looks for strings or after.

    Raises:
        QueryTooComplex: too long, too deep, or of too many pieces.
        QueryRefused: it asks another service, or may be read as if it did.
        QuerySyntax: it holds a NUL character.
    """
    if len(text) > LENGTH:
        raise QueryTooComplex(f"The query has {len(text):,} characters; at most {LENGTH:,}.")
    for reading in dict.fromkeys((text, tokens.unescape(text))):
        if "\0" in reading:
            raise QuerySyntax("The query holds a NUL character.")
        words = list(tokens.significant(reading))
        _check_size(words)
        if "service" in reading.lower():
            _check_service(words)


def _check_size(words: list[Token]) -> None:
    deepest = max(_depths(words), default=0)
    if deepest > DEPTH:
        raise QueryTooComplex(f"The query is nested {deepest} deep; at most {DEPTH}.")
    pieces = _pieces(words)
    if pieces > PIECES:
        raise QueryTooComplex(
            f"The query has {pieces:,} words and signs outside VALUES; at most {PIECES:,}."
        )


def _depths(words: list[Token]) -> Iterator[int]:
    depth = 0
    for token in words:
        if token.text in _OPEN:
            depth += 1
            yield depth
        elif token.text in _CLOSE:
            depth -= 1


def _pieces(words: list[Token]) -> int:
    """Count the tokens that are not inside the braces of a VALUES block."""
    count = 0
    waiting = inside = False
    for token in words:
        if inside:
            inside = token.text != "}"
            continue
        count += 1
        if waiting and token.text == "{":
            waiting, inside = False, True
        elif token.kind == "word":
            waiting = token.text.upper() == "VALUES"
    return count


def _check_service(words: list[Token]) -> None:
    """Refuse SERVICE, and texts in which a `<` might hide one from a lexer.

    An engine reads `?a<b:c>` as a comparison where an operand comes before it directly inside
    parentheses; to a lexer it is an IRI, and what follows could then be read in two ways.
    """
    inside: list[str] = []
    before: Token | None = None
    for token, after in zip(words, [*words[1:], None], strict=True):
        if _may_be_service(token, after):
            raise QueryRefused(
                "SERVICE is not available: this endpoint asks no other. "
                "Send the inner query to the other endpoint and join the answers."
            )
        if token.text in _OPEN:
            inside.append(token.text)
        elif token.text in _CLOSE and inside:
            inside.pop()
        in_expression = inside[-1:] == ["("]
        if token.kind == "iri" and in_expression and before and _ends_operand(before):
            raise QueryRefused(
                f'"{before.text}{token.text}" may be a comparison or an IRI. '
                "Write a space after < where it means less than, or a comma before an IRI."
            )
        before = token


def _may_be_service(token: Token, after: Token | None) -> bool:
    """Say whether the engine may find the keyword in `token`.

    Its parser wants no space around a keyword: it reads `SERVICE:x {` and `trueSERVICEx:y {`
    as federation too, where a lexer sees one prefixed name.
    """
    prefix, colon, _ = token.text.upper().partition(":")
    if token.kind != "word" or "SERVICE" not in prefix:
        return False
    return not colon or (after is not None and after.text == "{")


def _ends_operand(token: Token) -> bool:
    return token.kind in _OPERANDS or token.text == ")"
