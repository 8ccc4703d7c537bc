"""A change of a graph: which statements come and go, and what is on record of it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse, serialize


@dataclass(frozen=True)
class Made:
    """What is on record of a generation: when (UTC), by whom (the name of a token), and what.

    `added` and `removed` count statements; `created` and `dropped` name graphs; `data` is the
    digest of the packaged data that a generation was last brought up to.
    """

    number: int
    id: str
    parent: str = ""
    time: str = ""
    by: str = ""
    what: str = ""
    added: int = 0
    removed: int = 0
    created: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    data: str = ""


@dataclass(frozen=True)
class Change:
    """A generation with the statements that make it from its parent."""

    made: Made
    added: tuple[Quad, ...]
    removed: tuple[Quad, ...]

    @property
    def size(self) -> int:
        """How many statements come or go."""
        return len(self.added) + len(self.removed)

    def bytes(self) -> tuple[bytes, bytes]:
        """Return what is added and what is removed as N-Quads, sorted."""
        return _n_quads(self.added), _n_quads(self.removed)

    def apply(self, store: Store) -> None:
        """Bring a store at the parent's state to this one."""
        for quad in self.removed:
            store.remove(quad)
        store.extend(self.added)
        for iri in self.made.created:
            store.add_graph(NamedNode(iri))
        for iri in self.made.dropped:
            store.remove_graph(NamedNode(iri))


def change(parent: Made, about: Made, added: Iterable[Quad], removed: Iterable[Quad]) -> Change:
    """Return the change that leads on from `parent`, numbered and identified.

    Nothing added, removed, created or dropped is no change: it has the parent's identifier.
    """
    more, less = tuple(sorted(added, key=str)), tuple(sorted(removed, key=str))
    made = replace(
        about,
        number=parent.number + 1,
        parent=parent.id,
        added=len(more),
        removed=len(less),
        data=about.data or parent.data,
    )
    made = replace(made, id=identify(made, _n_quads(more), _n_quads(less)))
    if not more and not less and not made.created and not made.dropped:
        made = replace(made, id=parent.id)
    return Change(made, more, less)


def read(about: str, added: bytes, removed: bytes) -> Change:
    """Return a change from what `Change.bytes` and `about` wrote."""
    return Change(made(about), tuple(_quads(added)), tuple(_quads(removed)))


def record(made: Made) -> str:
    """Return what is on record of a generation as JSON."""
    return json.dumps(asdict(made), indent=1)


def made(text: str) -> Made:
    """Return what `record` wrote; raises ValueError or TypeError where it is something else."""
    values = json.loads(text)
    for name in ("created", "dropped"):
        values[name] = tuple(values.get(name, ()))
    return Made(**values)


def identify(made: Made, added: bytes, removed: bytes) -> str:
    """Return the identifier of a generation: a digest over its parent's and its own content."""
    whole = hashlib.sha256(made.parent.encode())
    for part in (added, removed, repr((made.created, made.dropped)).encode()):
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()[:16]


def _n_quads(quads: Iterable[Quad]) -> bytes:
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


def _quads(text: bytes) -> Iterator[Quad]:
    return parse(text, format=RdfFormat.N_QUADS)
