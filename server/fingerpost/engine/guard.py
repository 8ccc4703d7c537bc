"""What is never given to the engine, and why.

pyoxigraph makes HTTP requests for SERVICE without a switch or a timeout, and its parser
overflows the stack, which ends the process, on texts that are nested or chained far enough.
"""

from collections.abc import Iterator

from fingerpost.engine import Query, tokens
from fingerpost.engine.tokens import CLOSE, OPEN, Token
from fingerpost.errors import QueryRefused, QuerySyntax, QueryTooComplex

LENGTH = 200_000
"""The longest query text, in characters."""
UPDATE_LENGTH = 2_000_000
"""The longest update, in characters: more comes by the graph store."""
DEPTH = 64
"""The deepest nesting of parentheses, brackets and braces together."""
PIECES = 4_000
"""The most tokens that are not data (VALUES, INSERT DATA): chains of operators count by them."""

_OPERANDS = frozenset({"variable", "string", "number", "word", "iri", "language"})


def short(text: str, most: int = LENGTH) -> None:
    """Return if a text is no longer than it may be; QueryTooComplex otherwise."""
    if len(text) > most:
        raise QueryTooComplex(f"The text has {len(text):,} characters; at most {most:,}.")


def check_query(query: Query, services: tuple[str, ...] = ()) -> None:
    """Return if the engine may be given a query; raises as `check`."""
    if query.sound:
        short(query.text)
    else:
        check(query.text, services)


def check(text: str, services: tuple[str, ...] = (), *, update: bool = False) -> None:
    """Return if the engine may be given `text`, a query or an `update`.

    The text is read as it stands and with its codepoint escapes undone, since an engine may
    undo them before it looks for strings or after. SERVICE may name what `services` allows, see
    `allowed`.

    Raises:
        QueryTooComplex: too long, too deep, or of too many pieces.
        QueryRefused: it asks another service, or may be read as if it did.
        QuerySyntax: it holds a NUL character.
    """
    short(text, UPDATE_LENGTH if update else LENGTH)
    for reading in dict.fromkeys((text, tokens.unescape(text))):
        if "\0" in reading:
            raise QuerySyntax("The query holds a NUL character.")
        federated = "service" in reading.lower()
        if not federated and _small(reading):
            continue
        words = list(tokens.significant(reading))
        _check_closed(words, reading)
        _check_size(words)
        if federated:
            _check_service(words, services)


def allowed(iri: str, services: tuple[str, ...]) -> bool:
    """Say whether an IRI is one of `services`, or lies below one that ends in a slash."""
    return any(iri == one or (one.endswith("/") and iri.startswith(one)) for one in services)


def _small(text: str) -> bool:
    """Say whether a text cannot be too deep or of too many pieces, without reading it."""
    return len(text) <= PIECES and sum(map(text.count, OPEN)) <= DEPTH


def _check_closed(words: list[Token], text: str) -> None:
    for token in words:
        if token.kind == "unclosed":
            line = text.count("\n", 0, token.start) + 1
            column = token.start - text.rfind("\n", 0, token.start)
            raise QuerySyntax(f"Line {line}, column {column}: no end of a text.", line, column)


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
        if token.text in OPEN:
            depth += 1
            yield depth
        elif token.text in CLOSE:
            depth -= 1


def _pieces(words: list[Token]) -> int:
    """Count the tokens that are not inside the braces of VALUES, INSERT DATA or DELETE DATA."""
    count = 0
    inside = 0
    waiting = False
    for token in words:
        if inside:
            inside += (token.text == "{") - (token.text == "}")
            continue
        count += 1
        if waiting and token.text == "{":
            waiting, inside = False, 1
        elif token.kind == "word":
            waiting = token.text.upper() in {"VALUES", "DATA"}
    return count


def _check_service(words: list[Token], services: tuple[str, ...]) -> None:
    """Refuse SERVICE, and texts in which a `<` might hide one from a lexer.

    An engine reads `?a<b:c>` as a comparison where an operand comes before it directly inside
    parentheses; to a lexer it is an IRI, and what follows could then be read in two ways.
    """
    inside: list[str] = []
    before: Token | None = None
    for at, token in enumerate(words):
        after = words[at + 1 : at + 3]
        if _may_be_service(token, after) and not _is_allowed(token, after, services):
            raise QueryRefused(
                f"SERVICE may only name <{'>, <'.join(services)}> here, in full."
                if services
                else "SERVICE is not available: this endpoint asks no other. "
                "Send the inner query to the other endpoint and join the answers."
            )
        if token.text in OPEN:
            inside.append(token.text)
        elif token.text in CLOSE and inside:
            inside.pop()
        in_expression = inside[-1:] == ["("]
        if token.kind == "iri" and in_expression and before and _ends_operand(before):
            raise QueryRefused(
                f'"{before.text}{token.text}" may be a comparison or an IRI. '
                "Write a space after < where it means less than, or a comma before an IRI."
            )
        before = token


def _may_be_service(token: Token, after: list[Token]) -> bool:
    """Say whether the engine may find the keyword in `token`.

    Its parser wants no space around a keyword: it reads `SERVICE:x {` and `trueSERVICEx:y {`
    as federation too, where a lexer sees one prefixed name.
    """
    prefix, colon, _ = token.text.upper().partition(":")
    if token.kind != "word" or "SERVICE" not in prefix:
        return False
    return not colon or (after != [] and after[0].text == "{")


def _is_allowed(token: Token, after: list[Token], services: tuple[str, ...]) -> bool:
    """Say whether `token` is the keyword, and names a service that may be asked."""
    target = [word for word in after if word.text.upper() != "SILENT"][:1]
    return (
        token.text.upper() == "SERVICE"
        and target != []
        and target[0].kind == "iri"
        and allowed(target[0].text[1:-1], services)
    )


def _ends_operand(token: Token) -> bool:
    return token.kind in _OPERANDS or token.text == ")"
