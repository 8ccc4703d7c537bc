r"""A saved query that puts its rows in order by names of which each is read once.

An engine evaluates `ORDER BY LCASE(?name)` for both sides of each comparison anew, and looks up
both names, on a disk in files. So the rows come from a subquery, and around it each name is bound
as it is compared, with a sign at its end that makes it a text of no graph: such are in memory.
"""

from collections.abc import Iterator, Sequence

from fingerpost.engine.tokens import CLOSE, OPEN, Token

_SIGN = r'"\u0001"'
_SILENT = frozenset({"space", "comment"})
_BEHIND = frozenset({"LIMIT", "OFFSET", "VALUES"})


def by_keys(every: Sequence[Token]) -> str | None:
    """Return the text of a SELECT that reads once each name by which it sorts, as `LCASE(?name)`.

    Names alike but for their language are alike then. None where it sorts by no name, by what it
    does not select, or has a LIMIT of its own.
    """
    begin, order = _place(every, "SELECT"), _place(every, "ORDER")
    if begin is None or order is None:
        return None
    selected = list(_selected(every[begin:order]))
    conditions = list(_conditions([one for one in every[order:] if one.kind not in _SILENT][2:]))
    names = {_name(one) for one in conditions} - {""}
    used = {token.text for one in conditions for token in one if token.kind == "variable"}
    if not names or not used <= {*selected} or any(one[0].text in _BEHIND for one in conditions):
        return None
    keys = "\n".join(
        f"BIND (CONCAT(LCASE(STR({one})), {_SIGN}) AS {_key(one)})" for one in sorted(names)
    )
    sorting = (_key(_name(one)) if _name(one) else _text(one, " ") for one in conditions)
    return (
        f"{_text(every[:begin])}SELECT {' '.join(selected)}\nWHERE {{\n"
        f"{{\n{_text(every[begin:order])}\n}}\n{keys}\n}}\nORDER BY {' '.join(sorting)}\n"
    )


def selected(every: Sequence[Token]) -> list[str]:
    """Return the variables that a SELECT selects; none where that is not told."""
    begin = _place(every, "SELECT")
    return [] if begin is None else list(_selected(every[begin:]))


def pattern(every: Sequence[Token]) -> int:
    """Return where the pattern of a SELECT begins, behind all that it selects."""
    where = _place(every, "WHERE")
    return next(i for i, one in enumerate(every) if one.text == "{") if where is None else where


def _place(every: Sequence[Token], word: str) -> int | None:
    """Return where a word stands that is in no group."""
    depth = 0
    for place, token in enumerate(every):
        depth += (token.text in OPEN) - (token.text in CLOSE)
        if depth == 0 and token.kind == "word" and token.text.upper() == word:
            return place
    return None


def _selected(every: Sequence[Token]) -> Iterator[str]:
    """Yield the variables that stand before the pattern, or of an expression the one it becomes."""
    depth, before = 0, ""
    for token in every:
        depth += (token.text in OPEN) - (token.text in CLOSE)
        if token.text == "{":
            return
        if token.kind == "variable" and (depth == 0 or (depth == 1 and before == "AS")):
            yield token.text
        if token.kind not in _SILENT:
            before = token.text.upper()


def _conditions(every: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield each condition of an ORDER BY: a variable, or what ends with its brackets."""
    depth, condition = 0, list[Token]()
    for token in every:
        depth += (token.text in OPEN) - (token.text in CLOSE)
        condition.append(token)
        if depth == 0 and (token.kind == "variable" or token.text in CLOSE):
            yield condition
            condition = []
    if condition:
        yield condition


def _name(condition: Sequence[Token]) -> str:
    """Return the variable of `LCASE(?name)`, and an empty text of any other condition."""
    told = [token.text for token in condition]
    called = len(told) == 4 and told[0].upper() == "LCASE" and condition[2].kind == "variable"
    return told[2] if called else ""


def _key(name: str) -> str:
    return f"{name}__sorted"


def _text(every: Sequence[Token], between: str = "") -> str:
    return between.join(token.text for token in every)
