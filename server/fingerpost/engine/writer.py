"""The process that works out one change: on its own copy of the store, within its fence."""

import json
import os
import socket
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pyoxigraph import BlankNode, NamedNode, Quad, Store

from fingerpost.engine import putting, rollback, updating, wire, worker, writes
from fingerpost.engine.held import Held
from fingerpost.engine.worker import Limits
from fingerpost.engine.writes import DERIVED, Outcome, Part, Write
from fingerpost.errors import DataFault, FingerpostError, Invalid, QuerySyntax, WriteRefused
from fingerpost.generations import change, provenance, recording
from fingerpost.generations.change import Change, Made
from fingerpost.generations.folder import Generations
from fingerpost.graph import dataset
from fingerpost.graph.dataset import ONTOLOGY, SHAPES

if TYPE_CHECKING:
    from fingerpost.revise import Reviser


@dataclass
class Writer:
    """A store that changes: plain, or with inferences and shapes.

    `folder` keeps its generations; `services` are what LOAD and SERVICE may name.
    """

    store: Store
    plain: bool
    folder: Path | None
    services: tuple[str, ...] = ()
    reviser: "Reviser | None" = None

    def prepare(self) -> None:
        """Make rules and shapes ready, so that no change has to."""
        if not self.plain:
            # rdflib, owlrl and pyshacl are slow to import, and who only reads needs none of them.
            from fingerpost.revise import Reviser

            self.reviser = Reviser(self.store)

    def learn(self, changed: Change) -> None:
        """Make rules and shapes anew after a change of them, which is in the store."""
        touched = {quad.graph_name for quad in (*changed.added, *changed.removed)}
        if touched & {ONTOLOGY, SHAPES}:
            self.prepare()

    def work_out(self, write: Write, made: Made) -> tuple[Change, bool]:
        """Return the change that leads on from `made`, and whether its graph existed before.

        The store is changed too: call this where it is a copy.

        Raises:
            WriteFault, QueryFault, DataFault: the change is not made.
        """
        # What follows from a snapshot is nothing, so that takes neither rules nor shapes.
        if self.reviser is None and not (write.graph or "").startswith(dataset.SNAPSHOTS):
            self.prepare()
        outcome = self._outcome(write, made)
        return self.follow(outcome, made, write.describe(), write.by), outcome.existed

    def follow(self, outcome: Outcome, made: Made, what: str, by: str, data: str = "") -> Change:
        """Return the change that an outcome comes to, with all that follows from it.

        Raises:
            Invalid, UnappliedAxiom: the graph would not conform.
        """
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        about = Made(
            number=0,
            id="",
            time=time,
            by=by,
            what=what,
            created=outcome.created,
            dropped=outcome.dropped,
            data=data,
        )
        added, removed = outcome.added, outcome.removed
        if not self.plain and (added or removed):
            _refuse_nameless(added)
            added, removed = self._revised(outcome)
            on_record = provenance.statements(
                made.number + 1, what, by, time, _graphs(added | removed)
            )
            added |= frozenset(quad for quad in on_record if quad not in self.store)
        return change.change(made, about, added, removed)

    def _outcome(self, write: Write, made: Made) -> Outcome:
        if write.kind != "rollback":
            return carry_out(self.store, write, self.services, plain=self.plain)
        if not self.folder:
            raise WriteRefused("Without --store there are no earlier generations to go back to.")
        if not 0 <= write.to < made.number:
            raise WriteRefused(f"There is no generation {write.to} before {made.number}.")
        return rollback.back(self.store, Generations(self.folder), write.to)

    def _revised(self, outcome: Outcome) -> tuple[frozenset[Quad], frozenset[Quad]]:
        """Return the change with everything that follows from it, if the graph conforms."""
        names = {quad.graph_name for quad in (*outcome.added, *outcome.removed)}
        if all(_is_snapshot(name) for name in names):
            return outcome.added, outcome.removed
        from fingerpost import build, revise

        if self.reviser is None:
            raise TypeError("a plain store is not revised")
        asked = revise.Delta(outcome.added | outcome.restated, outcome.removed)
        found = self.reviser.revise(self.store, asked)
        if found.report.violations:
            problems = [build.explain(result) for result in found.report.violations]
            raise Invalid(problems, found.report.turtle)
        return found.delta.added, found.delta.removed


def _is_snapshot(name: object) -> bool:
    return isinstance(name, NamedNode) and name.value.startswith(dataset.SNAPSHOTS)


def carry_out(
    store: Store, write: Write, services: tuple[str, ...] = (), *, plain: bool
) -> Outcome:
    """Make a change in `store`, and return what it comes to.

    Unless `plain`, the default graph and those that the service derives are not written.
    SERVICE and LOAD may name what `services` allows.

    Raises:
        QueryFault: the update is not SPARQL, or does what is not done here.
        DerivedGraph, NotAsExpected, UnknownGraph, UnreadableGraph: as their names say.
    """
    before = writes.names(store)
    restated = frozenset() if plain or write.kind != "put" else putting.restated(store, write)
    if write.kind == "update":
        added, removed = updating.update(store, write, services, plain=plain)
    else:
        added, removed = putting.put(store, write, plain=plain)
    after = writes.names(store)
    return Outcome(
        added,
        removed,
        created=tuple(sorted(after - before)),
        dropped=tuple(sorted(before - after)),
        existed=write.graph is None or write.graph in before,
        restated=frozenset(quad for quad in restated if quad in store),
    )


def _refuse_nameless(added: Iterable[Quad]) -> None:
    """Refuse blank nodes in what records are made of: nobody could speak of them again."""
    nameless = sorted(
        str(quad)
        for quad in added
        if dataset.counts(quad.graph_name) and BlankNode in {type(quad.subject), type(quad.object)}
    )
    if nameless:
        raise Invalid(
            [
                f"{one} has a blank node: give it an address such as <#claim-homepage>."
                for one in nameless[:10]
            ],
            "",
        )


def run(
    client: socket.socket,
    report: socket.socket,
    writer: Writer,
    held: Held,
    made: Made,
    limits: Limits,
) -> NoReturn:
    """Work out the change that `client` asks for, report it, and end the process at once."""
    work = partial(_work, client, report, writer, made)
    worker.enclose(partial(_opened, held), work, limits)


def _opened(held: Held) -> Store | str:
    """Return the graph to be changed, or why there is none."""
    try:
        return held.write()
    except (OSError, RuntimeError) as fault:
        return str(fault)


def _work(
    client: socket.socket,
    report: socket.socket,
    writer: Writer,
    made: Made,
    store: Store | str,
    _fenced: bool,
) -> None:
    if isinstance(store, str):
        wire.send(report, {"fault": "disk", "message": store})
        return
    writer.store = store
    try:
        write = receive(client)
        changed, existed = writer.work_out(write, made)
        added, removed = changed.bytes()
        head: wire.Head = {
            "existed": existed,
            "about": change.record(changed.made),
            "split": len(added),
            "making": "",
        }
        if writer.folder and changed.made.id != made.id:
            making = writer.folder / f".making-{os.getpid()}"
            recording.write(changed, making)
            head = {**head, "making": str(making)}
        wire.send(report, head, added + removed)
    except MemoryError:
        wire.send(report, {"fault": "memory"})
    except OSError as fault:
        # The engine's own have the whole story in their text.
        told = f"{fault.strerror}: {fault.filename}" if fault.filename else str(fault)
        wire.send(report, {"fault": "disk", "message": told})
    except FingerpostError as fault:
        wire.send(report, *_fault(fault))


def _fault(fault: FingerpostError) -> tuple[wire.Head, bytes]:
    if isinstance(fault, Invalid):
        return {"fault": "Invalid", "problems": list(fault.problems)}, fault.report.encode()
    head: wire.Head = {"fault": type(fault).__name__, "message": str(fault)}
    if isinstance(fault, QuerySyntax):
        head = {**head, "line": fault.line, "column": fault.column}
    if isinstance(fault, DataFault):
        head = {"fault": "Invalid", "problems": [str(fault)]}
    return head, b""


def send(connection: socket.socket, write: Write) -> None:
    """Send what a client asks for, as `receive` takes it."""
    values = asdict(replace(write, parts=()))
    values["parts"] = [f"{len(part.content)} {part.media_type}" for part in write.parts]
    body = b"".join(part.content for part in write.parts)
    wire.send(connection, {"write": json.dumps(values)}, body)


def receive(connection: socket.socket) -> Write:
    """Return what a client asks for."""
    head, body = wire.receive(connection)
    values = json.loads(str(head["write"]))
    parts = []
    for text in values.pop("parts"):
        size, media_type = text.split(" ", 1)
        parts.append(Part(media_type, body[: int(size)]))
        body = body[int(size) :]
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return Write(**{**values, **lists, "parts": tuple(parts)})


def _graphs(quads: Iterable[Quad]) -> set[str]:
    names = {quad.graph_name for quad in quads}
    return {n.value for n in names if isinstance(n, NamedNode) and n.value not in DERIVED}
