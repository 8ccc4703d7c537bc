"""How linking does between registries that its development sets do not have.

    pip install bioregistry && python tests/benchmarks/linking_elsewhere.py

The records are those of registries in the package `bioregistry`; what is true is that Bioregistry's
curators mapped two of them to one prefix. Of a quarter of the pairs the right record is taken away,
so that nothing is right. A prefix may be narrower than what it is mapped to, and is often mapped to
one of several: many links that count as wrong are not. The figures are for comparing changes.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fingerpost.registries.entry import Entry
from fingerpost.registries.linking import linker, measure
from fingerpost.registries.linking.measure import Measure, Pair

RIGHT = ("fairsharing", "re3data", "integbio")
LEFT = ("miriam", "integbio", "pathguide", "uniprot.resource", "prefixcommons", "obofoundry")
OTHERS = (("bioportal", "fairsharing"), ("bartoc", "fairsharing"), ("bioportal", "bartoc"))
FILES = {"uniprot.resource": "uniprot", "bioportal": "bioportal/bioportal"}
"""Registry → its file, where that is not its name."""
Set = tuple[str, list[Entry], list[Entry], list[Pair]]
FEW = 25
"""The pairs below which a set says little."""
GONE = 4
"""Of so many pairs, one loses its right record."""


def main() -> None:
    print(f"{'set':>32} {'pairs':>6} {'precision':>10} {'recall':>7} {'F1':>6}")
    pairs = (*((one, two) for one in LEFT for two in RIGHT if one != two), *OTHERS)
    found = []
    for name, left, right, truth in sets(package(), pairs):
        links = linker.link(left, right)
        made = ((one.left.id, one.right.id) for one in links if one.predicate != linker.BROAD)
        found.append(measure.measure(made, truth))
        _tell(name, found[-1])
    _tell("all", Measure(*(frozenset().union(*s) for s in zip(*map(_parts, found), strict=True))))


def package() -> Path:
    """Return the folder of the package `bioregistry`."""
    spec = find_spec("bioregistry")
    if not spec or not spec.origin:
        sys.exit("This needs the data of the package bioregistry.")
    return Path(spec.origin).parent


def sets(place: Path, pairs: Iterable[Pair]) -> Iterator[Set]:
    """Yield the name, both sides and the truth of each pair of registries that has enough of it."""
    mapped = [one.get("mappings", {}) for one in _json(place / "data/bioregistry.json").values()]
    for left, right in pairs:
        truth = _pairs(mapped, left, right)
        if len(truth) >= FEW:
            yield f"{left}-{right}", *_sides(records(place, left), records(place, right), truth)


def records(package: Path, registry: str) -> dict[str, Entry]:
    """Return the entries of a registry by its own identifiers; those of no name are left out."""
    name = FILES.get(registry, registry)
    path = package / "external" / (f"{name}.json" if "/" in name else f"{name}/processed.json")
    read = _json(path)
    listed = read if isinstance(read, dict) else {one["prefix"]: one for one in read}
    return {key: _entry(registry, key, one) for key, one in listed.items() if one.get("name")}


def _entry(registry: str, key: str, said: dict[str, Any]) -> Entry:
    others = said.get("short_names") or said.get("prefix_synonyms") or ()
    if registry == "obofoundry":
        others = [said.get("preferred_prefix", "")]
    return Entry(
        f"{registry}:{key}",
        said["name"],
        tuple(filter(None, others)),
        said.get("homepage") or "",
        said.get("description") or "",
    )


def _pairs(mapped: list[dict[str, str]], left: str, right: str) -> list[Pair]:
    """Return the identifiers that one prefix has in both, where none has two prefixes."""
    found = [(one[left], one[right]) for one in mapped if left in one and right in one]
    mine, yours = (
        (Counter(side) for side in zip(*found, strict=True)) if found else (Counter(), Counter())
    )
    return sorted(pair for pair in found if mine[pair[0]] == yours[pair[1]] == 1)


def _sides(
    left: dict[str, Entry], right: dict[str, Entry], truth: list[Pair]
) -> tuple[list[Entry], list[Entry], list[Pair]]:
    """Return both sides, and what is true when some of the right records are taken away."""
    truth = [(one, other) for one, other in truth if one in left and other in right]
    random.Random(7).shuffle(truth)
    gone = {other for _, other in truth[: len(truth) // GONE]}
    return (
        [left[one] for one, _ in truth],
        [one for key, one in right.items() if key not in gone],
        [(left[one].id, right[other].id) for one, other in truth if other not in gone],
    )


def _parts(found: Measure) -> Iterator[frozenset[Pair]]:
    yield from (found.right, found.wrong, found.missed)


def _tell(name: str, found: Measure) -> None:
    pairs = len(found.right) + len(found.missed)
    print(f"{name:>32} {pairs:>6} {found.precision:>10.3f} {found.recall:>7.3f} {found.f1:>6.3f}")


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


if __name__ == "__main__":
    main()
