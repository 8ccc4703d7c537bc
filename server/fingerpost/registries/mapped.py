"""Entries linked, as rows of a mapping set."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import fingerpost
from fingerpost.graph import sssom
from fingerpost.graph.sssom import NOT, Row
from fingerpost.registries.entry import Entry
from fingerpost.registries.linking import audit as auditing
from fingerpost.registries.linking import linker, measure
from fingerpost.registries.linking.audit import Doubt
from fingerpost.registries.linking.linker import Link

_SET = "https://w3id.org/fingerpost/mappings/{}-{}"
_LINKED = {linker.EXACT, linker.CLOSE}
_BY_HAND = {"semapv:ManualMappingCuration", "semapv:MappingReview"}
"""Justifications of rows that a person has judged."""


@dataclass(frozen=True)
class Reviewed:
    """What persons have judged of pairs of ids: those that hold, and rows for those that do not."""

    held: frozenset[tuple[str, str]] = frozenset()
    denied: tuple[Row, ...] = ()


def reviewed(files: Iterable[Path]) -> Reviewed:
    """Return what the rows of mapping sets say that were judged by hand.

    Raises:
        BadMapping: a file is no mapping set.
    """
    rows = [row for path in files for row in sssom.read(path)]
    by_hand = [row for row in rows if row.mapping_justification in _BY_HAND]
    return Reviewed(
        frozenset(row.pair for row in by_hand if row.predicate_modifier != NOT),
        tuple(row for row in by_hand if row.predicate_modifier == NOT),
    )


def link(left: Sequence[Entry], right: Sequence[Entry], kept: Iterable[Row] = ()) -> list[Row]:
    """Return the links of two sets of entries; a pair that a row of `kept` denies is not linked."""
    denied = {row.pair for row in kept if row.predicate_modifier == NOT}
    return [_row(one) for one in linker.link(left, right, denied)]


def rejected(files: Iterable[Path]) -> list[Row]:
    """Return the rows of mapping sets that say of a pair that it is not the same."""
    found = {row for path in files for row in sssom.read(path) if row.predicate_modifier == NOT}
    return sorted(found, key=lambda row: row.pair)


def write(rows: Iterable[Row], licence: str) -> str:
    """Return links as the mapping set between two registries, which the ids name."""
    found = list(rows)
    return sssom.write(
        found,
        _SET.format(
            _registry(row.subject_id for row in found), _registry(row.object_id for row in found)
        ),
        licence,
        mapping_tool="Fingerpost",
        mapping_tool_version=fingerpost.__version__,
    )


def report(rows: Iterable[Row], truth: Path) -> str:
    """Return in words how the links compare with the truth, and each that does not agree.

    Raises:
        BadMapping: the table of the truth cannot be read.
    """
    made = [row.pair for row in rows if row.predicate_id in _LINKED]
    found = measure.measure(made, measure.read(truth))
    told = [
        f"precision {found.precision:.3f}, recall {found.recall:.3f}, F1 {found.f1:.3f} "
        f"({len(found.right)} right, {len(found.wrong)} wrong, {len(found.missed)} missed)"
    ]
    told += [f"  wrong:  {left} {right}" for left, right in sorted(found.wrong)]
    told += [f"  missed: {left} {right}" for left, right in sorted(found.missed)]
    return "\n".join(told) + "\n"


def linked(links: Path) -> list[tuple[str, str]]:
    """Return the pairs that a mapping set says are the same, or nearly.

    Raises:
        BadMapping: the file is no mapping set.
    """
    rows = [row for row in sssom.read(links) if row.predicate_id in _LINKED]
    return [row.pair for row in rows if row.predicate_modifier != NOT]


def stated(left: Iterable[Entry], right: Iterable[Entry]) -> list[tuple[str, str]]:
    """Return the pairs that either side's own cross-references say are the same."""
    lefts, rights = ({one.id.lower(): one for one in side} for side in (left, right))
    forth = ((one, other.lower()) for one in lefts.values() for other in one.identifiers)
    back = ((other.lower(), one) for one in rights.values() for other in one.identifiers)
    found = {(one.id, rights[other].id) for one, other in forth if other in rights}
    found |= {(lefts[other].id, one.id) for other, one in back if other in lefts}
    return sorted(found)


def audit(
    made: Sequence[tuple[str, str]],
    left: Sequence[Entry],
    right: Sequence[Entry],
    judged: Reviewed = Reviewed(),
) -> str:
    """Return in words which links the evidence does not bear, the worst first.

    A link that was judged to hold is not told again; one that was rejected always is.
    """
    denied = {row.pair: row.comment for row in judged.denied}
    doubts = auditing.audit([one for one in made if one not in judged.held], left, right)
    told = [_told(one) for one in doubts if (one.left.id, one.right_id) not in denied]
    wrong = [
        f"{one} {other}: rejected. {denied[one, other]}".rstrip() + "\n"
        for one, other in sorted({*made} & denied.keys())
    ]
    count = len(told) + len(wrong)
    return "".join([*wrong, *told, f"{count} of {len(made)} links are in doubt.\n"])


def _told(doubt: Doubt) -> str:
    names = f"{doubt.left.name} is {doubt.right.name}" if doubt.right else doubt.left.name
    lines = [
        f"{doubt.left.id} {doubt.right_id} ({names}): {doubt.confidence:.2f}",
        f"  {'; '.join(doubt.reasons) or 'nothing speaks for it'}",
    ]
    if doubt.better:
        likelier = f"{doubt.better.id} ({doubt.better.name}): {doubt.better_confidence:.2f}"
        lines.append(f"  likelier: {likelier}")
    return "".join(f"{line}\n" for line in lines)


def _registry(ids: Iterable[str]) -> str:
    """Return the prefix that most of the ids have."""
    prefixes = Counter(one.partition(":")[0] for one in ids if ":" in one)
    return prefixes.most_common(1)[0][0] if prefixes else "none"


def _row(found: Link) -> Row:
    return Row(
        subject_id=found.left.id,
        predicate_id=found.predicate,
        object_id=found.right.id,
        mapping_justification=found.justification,
        subject_label=found.left.name,
        object_label=found.right.name,
        confidence=f"{found.confidence:.3f}",
        comment="; ".join(found.reasons),
    )
