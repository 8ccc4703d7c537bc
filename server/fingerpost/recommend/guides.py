"""Which guidance a question is given, out of all that an index knows."""

from fingerpost.index.kept import Index, Value
from fingerpost.index.ranking import EVERY_PHASE, PERSONAL
from fingerpost.recommend.bounds import Asked, Given
from fingerpost.recommend.facts import facts


def guides(index: Index, given: Given, most: int) -> list[str] | None:
    """Return the guidance for a question, the strongest first; None where nothing is known.

    There are `most` and one where there are more.
    """
    known = facts(index)
    if known is None:
        return None
    asked = Asked(given, known)
    types = sorted(asked.whole)
    own = known.numbers.get(asked.data)
    where = f"type IN ({', '.join('?' * len(types))}) AND phase = ?"
    values: list[Value] = [*types, asked.phase]
    if asked.sensitive:
        where = f"({where}) OR (type = ? AND phase IN (?, ?))"
        values += [PERSONAL, asked.phase, EVERY_PHASE]
    sql = (
        f"SELECT iri FROM guide JOIN thing USING (id) WHERE {where} "  # noqa: S608
        "GROUP BY id ORDER BY MIN(grade), MAX(type = ?) DESC, id LIMIT ?"
    )
    return [str(iri) for (iri,) in index.select(sql, *values, own, most + 1)]
