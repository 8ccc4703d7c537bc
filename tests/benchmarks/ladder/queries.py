"""What each saved query takes at its door: the page that a person sees, for the first time.

    cd tests/benchmarks && python -m ladder.queries http://127.0.0.1:8000

prints what they take on a running server over a made graph, the slowest first.
"""

import statistics
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping

from fingerpost import files
from fingerpost.publish import examples
from fingerpost.queries import saved
from fingerpost.queries.saved import SavedQuery
from ladder.made import FIRST

SLOW = 200.0
"""Milliseconds from which a query has a line of its own."""
VALUES = {
    "resource": f"repository/{FIRST}",
    "repository": FIRST,
    "source": "source-0",
    "identifier": "re3data:r3d100000001",
}
"""Parameter → what it is in a made graph, where the example is of the shipped one."""
WORST = (
    *("check/ended-in-the-past-but-active?at=2024-07-31", "check/not-verified-for-a-year?at=2028"),
    *("curate/changes?since=2020&until=2027", "curate/counts-by-data?data=any-data"),
    *("curate/links-by-age?before=2027-01-01", "curate/single-source?what=fact"),
    *("curate/stale?before=2025-06-01", "curate/what-counts?data=genomics-data&phase=collect"),
    "curate/what-counts?data=biobank-samples&phase=process&counting=false",
    "explore/recommended-on?data=any-data&phase=collect&at=2026-11-21",
    "explore/recommended-on?data=any-data&phase=analyse&at=2020-06-30&since=2022&kind=policy",
    "explore/recommended-on?data=sequence-data&phase=analyse&at=2020-06-30&kind=repository",
    *("explore/who-may-use?data=imaging-data", "explore/who-may-use?data=any-data"),
    *("recommend/advice?data=genomics-data&phase=plan", "recommend/contacts?institution=elixir"),
    "recommend/facilities-for-data?data=imaging-data&country=AU",
    "recommend/fitting?data=structural-biology-data&country=SE",
    *("recommend/fitting?data=clinical-data&phase=plan", "recommend/fitting?kind=guideline"),
    "recommend/guidance?data=imaging-data&phase=plan&sensitive=true",
    *("recommend/not-recommended?data=clinical-data", "recommend/not-recommended?kind=policy"),
    *("recommend/recommend", "recommend/recommend?data=genomics-data&kind=tool"),
    "recommend/recommend?kind=policy&size=2000000000000&country=EE&sensitive=true",
    "recommend/registries?data=imaging-data&kind=repository&country=SE",
    "recommend/repositories-for-data?data=cryo-em-data&country=SE&access=controlled",
    "recommend/repositories-for-data?data=machine-learning-models&country=EE&access=controlled",
    *("recommend/standards?data=any-data", "recommend/standards?data=imaging-data"),
    *(
        "recommend/training?phase=preserve",
        "recommend/whom-to-ask?phase=reuse&data=biobank-samples",
    ),
    "registry/identifiers?registry=re3data",
)
"""Saved queries with the values for which they took longest at 100,000 resources."""
_IDS = "https://w3id.org/fingerpost/id/"
_LONGEST = 120.0


def measure(root: str) -> dict[str, float]:
    """Return the median and the slowest of all, in milliseconds, and each that is slow by name."""
    _fetch(f"{root}/queries/explore/phases")
    taken = dict(each(root))
    slow = {f"query: {name}, ms": ms for name, ms in taken.items() if ms >= SLOW}
    return {
        "saved queries: median, ms": statistics.median(taken.values()),
        "saved queries: slowest, ms": max(taken.values()),
        **dict(sorted(slow.items(), key=lambda pair: -pair[1])),
    }


def each(root: str) -> Iterator[tuple[str, float]]:
    """Yield each saved query, as it is asked, and milliseconds; what is refused counts as it lasts.

    Those with the worst values come last, by their addresses.
    """
    for name, query in saved.load(files.folders().queries).items():
        given = examples.given(query)
        if not _answerable(query, given):
            continue
        asked = {key: _value(key, value) for key, value in given.items()}
        yield name, _taken(f"{root}/queries/{name}?{urllib.parse.urlencode(asked)}")
    for address in WORST:
        yield address, _taken(f"{root}/queries/{address}")


def _taken(address: str) -> float:
    begin = time.perf_counter()
    _fetch(address)
    return (time.perf_counter() - begin) * 1000


def _fetch(address: str) -> None:
    asked = urllib.request.Request(address, headers={"Accept": "text/html"})
    try:
        with urllib.request.urlopen(asked, timeout=_LONGEST) as answer:
            answer.read()
    except urllib.error.HTTPError as refused:
        refused.close()


def _answerable(query: SavedQuery, given: Mapping[str, str]) -> bool:
    return all(one.name in given for one in query.parameters if one.required)


def _value(name: str, value: str) -> str:
    found = VALUES.get(name, value)
    return _IDS + found if name == "resource" else found


if __name__ == "__main__":
    for name_, ms_ in sorted(each(sys.argv[1]), key=lambda pair: -pair[1]):
        print(f"{ms_:10.1f} ms  {name_}")
