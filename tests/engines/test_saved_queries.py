"""Every saved query on engines that are not ours: what they answer, and what they cannot.

`python -m pytest tests/engines/test_saved_queries.py -s` prints what became of each.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from engines.conftest import Running
from fingerpost import files
from fingerpost.catalogue import Catalogue
from fingerpost.engine import rows
from fingerpost.engine.remote.remote import Remote
from fingerpost.errors import BadParameter, EngineUnable, QueryOutOfTime
from fingerpost.publish import examples
from fingerpost.queries import saved

pytestmark = pytest.mark.slow

SAME, OTHERWISE, UNABLE, LATE = "the same", "otherwise", "no plan", "too late"
DEPENDABLE = {"oxigraph": 1.0, "virtuoso": 0.6}
"""Engine → the part of our queries that it answers as ours does, at least.

Virtuoso takes what is empty and what is unbound for each other in some plans, writes truth as 1,
and refuses the longest. Which queries these are changes with its plans: so none of our own go
there.
"""


def test_saved_queries_are_answered_as_by_our_own_engine(
    engine: Running, remote: Remote, opened: Catalogue
) -> None:
    fates = {name: _fate(text, remote, opened) for name, text in _texts()}
    counts = Counter(fates.values())
    print(f"{engine.name}: {dict(counts)}")
    for name, fate in fates.items():
        if fate != SAME:
            print(f"  {name}: {fate}")
    assert counts[SAME] >= DEPENDABLE[engine.name] * len(fates), fates
    assert remote.dialect.copied == (DEPENDABLE[engine.name] < 1)


def _texts() -> Iterator[tuple[str, str]]:
    for name, query in saved.load(files.folders().queries).items():
        try:
            yield name, examples.rendered(query)
        except BadParameter:
            continue


def _fate(text: str, remote: Remote, opened: Catalogue) -> str:
    try:
        found = rows.table(remote, text)
    except EngineUnable:
        return UNABLE
    except QueryOutOfTime:
        return LATE
    same = _comparable(found) == _comparable(rows.table(opened.engine, text))
    return SAME if same else OTHERWISE


def _comparable(table: rows.Table) -> list[tuple[str, ...]]:
    """Return rows whose texts are put together in any order, as GROUP_CONCAT may.

    Rows that are put in order by such texts may change places too.
    """
    return sorted(
        tuple(" ".join(sorted(re.split("[; \n]+", row.get(name, "\0")))) for name in table.columns)
        for row in table.rows
    )
