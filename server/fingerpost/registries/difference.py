"""What a new snapshot of a registry changes in the last one, and whether too much is gone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fingerpost.counting import counted
from fingerpost.registries.snapshot import Snapshot

_ENOUGH = 0.8
"""The part of the records, or cross-references, of the last snapshot that a new one has."""
_SHOWN = 10
"""Records of each kind of change that are named."""


@dataclass(frozen=True)
class Difference:
    """The records that come, go and change, by IRI, and the cross-references that do."""

    old: Snapshot
    new: Snapshot

    @property
    def added(self) -> list[str]:
        """Records that were not there."""
        return sorted(self.new.records.keys() - self.old.records.keys())

    @property
    def removed(self) -> list[str]:
        """Records that are no longer there."""
        return sorted(self.old.records.keys() - self.new.records.keys())

    @property
    def changed(self) -> list[str]:
        """Records of which something else is said."""
        both = self.old.records.keys() & self.new.records.keys()
        return sorted(one for one in both if self.old.records[one] != self.new.records[one])

    @property
    def collapse(self) -> str:
        """Why it must be a mistake; empty where it may be right."""
        for what, before, after in (
            ("record", len(self.old.records), len(self.new.records)),
            ("cross-reference", len(self.old.references), len(self.new.references)),
        ):
            if after < _ENOUGH * before:
                return f"{counted(after, what)} where the last snapshot has {before:,}"
        return ""

    def text(self) -> str:
        """Return in words what changes, some records of each kind named."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield from _listed("+", "added", map(self.new.name, self.added))
        yield from _listed("-", "removed", map(self.old.name, self.removed))
        yield from _listed("~", "changed", map(self.new.name, self.changed))
        more, less = self.new.references, self.old.references
        yield f"{counted(len(more - less), 'cross-reference')} added, {len(less - more):,} removed"
        yield ", ".join(
            (counted(len(self.new.records), "record"), counted(len(more), "cross-reference"))
        )


def _listed(sign: str, what: str, names: Iterable[str]) -> Iterator[str]:
    found = list(names)
    yield f"{counted(len(found), 'record')} {what}"
    yield from (f"  {sign} {one}" for one in found[:_SHOWN])
    if len(found) > _SHOWN:
        yield f"  {sign} and {len(found) - _SHOWN:,} more"
