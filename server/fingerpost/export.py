"""A store written back as the files that it could have been built from, for a pull request.

What all sources of a record state is plain in its file. What only some of them state becomes a
claim of theirs, stated on the day of the change that brought it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from fingerpost import files, formatting
from fingerpost.counting import counted
from fingerpost.generations.change import Made
from fingerpost.generations.folder import Generations
from fingerpost.graph import canonical, dataset, mappings, records, sssom
from fingerpost.graph.dataset import ONTOLOGY, SERVICE, SHAPES
from fingerpost.graph.identifiers import NAMES
from fingerpost.graph.records import Record
from fingerpost.graph.sssom import Row
from fingerpost.graph.statement import Statement, statement
from fingerpost.graph.vocabulary import (
    CLAIM,
    DATE,
    GRAPHS,
    IDS,
    KINDS,
    PROPERTY,
    SOURCE,
    STATED_ON,
    SUBJECT,
    TYPE,
    VALUE,
    curie,
    kind_and_slug,
)
from fingerpost.progress import silent

_SOURCES = IDS + "source/"
_APART = frozenset({ONTOLOGY, SHAPES, SERVICE})


@dataclass
class Exported:
    """What an export comes to: files written and removed, and what no record file can say."""

    written: list[Path] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def export(place: Path, instances: Path) -> Exported:
    """Write the records of the store in `place` to `instances`, and remove those it lacks.

    A file that says what the store says is left as it is.

    Raises:
        StoreFault: the store is damaged.
        Unreadable: a file that is there already is no record.
    """
    generations = Generations(place)
    history = generations.history()
    store, _ = generations.load(silent)
    done = Exported()
    wanted = {_path(instances, r): r for r in _records(store, _days(history, generations), done)}
    there = {r.path: r for r in records.records(instances)} if instances.is_dir() else {}
    for path, found in sorted(wanted.items()):
        if path not in there or _normal(there[path].triples) != _normal(found.triples):
            done.written.append(path)
    tables = _tables(store, instances, done)
    changed = {path: text for path, text in tables.items() if _text(path) != text}
    formatting.put({path: canonical.turtle(wanted[path]) for path in done.written} | changed)
    done.written.extend(sorted(changed))
    for path in sorted({*there, *files.tables(instances)} - {*wanted, *tables}):
        path.unlink()
        done.removed.append(path)
    done.left.extend(_terminology(generations, store))
    return done


def _records(store: Store, days: dict[str, str], done: Exported) -> Iterator[Record]:
    """Yield the records of a store; statements that belong to none are named in `done`."""
    stated = _stated(store)
    by_subject: dict[NamedNode, dict[Statement, set[str]]] = defaultdict(dict)
    for triple, graphs in stated.items():
        if isinstance(triple.subject, NamedNode):
            by_subject[triple.subject][triple] = graphs
    found: dict[str, list[Statement]] = defaultdict(list)
    for subject, triples in by_subject.items():
        base = subject.value.partition("#")[0]
        kind = (kind_and_slug(base) or ("", ""))[0]
        if kind == mappings.KIND:
            continue
        if kind not in KINDS:
            done.left.append(
                f"{curie(subject.value)} is no record: {counted(len(triples), 'statement')}"
            )
            continue
        found[base].extend(_filed(subject, triples, days))
    for base, filed in sorted(found.items()):
        kind, slug = kind_and_slug(base) or ("", "")
        yield Record(Path(), kind, slug, tuple(filed))


def _tables(store: Store, instances: Path, done: Exported) -> dict[Path, str]:
    """Return the tables of mappings of a store; what fits into none is named in `done`."""
    stated = _stated(store)
    found: dict[Path, list[Row]] = defaultdict(list)
    for iri, row in mappings.rows(stated).items():
        registry = row.object_id.partition(":")[0]
        if registry in NAMES:
            found[mappings.path(instances, registry)].append(row)
        else:
            done.left.append(f"{curie(iri)} leads to no registry: {row.object_id}")
    return {path: mappings.written(rows, _head(path)) for path, rows in found.items()}


def _head(path: Path) -> Mapping[str, object]:
    """Return the head that a table has, or that of a new one."""
    return sssom.table(path).head if path.is_file() else mappings.head(path)


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def _stated(store: Store) -> dict[Statement, set[str]]:
    """Return what is stated by itself, and in which graphs; not what a claim puts there."""
    found: dict[Statement, set[str]] = defaultdict(set)
    for name, triples in dataset.named(store).items():
        if dataset.counts(name) and name not in _APART:
            for triple in triples - dataset.about(triples):
                found[triple].add(name.value)
    return found


def _filed(
    subject: NamedNode, triples: dict[Statement, set[str]], days: dict[str, str]
) -> Iterator[Statement]:
    sources = {str(t.object).strip("<>") for t in triples if _is_source(t)}
    if subject.value.startswith(_SOURCES):
        sources.add(subject.value)
    all_ = {GRAPHS + source.removeprefix(_SOURCES) for source in sources}
    number = 0
    for triple, graphs in sorted(triples.items(), key=lambda pair: str(pair[0])):
        if graphs >= all_ or _is_source(triple) or triple.predicate == TYPE:
            yield triple
        else:
            number += 1
            yield from _claim(triple, graphs, days, number)


def _claim(
    triple: Statement, graphs: set[str], days: dict[str, str], number: int
) -> Iterator[Statement]:
    subject, predicate = triple.subject, triple.predicate
    if not isinstance(subject, NamedNode):
        raise TypeError("a record is named by an IRI")
    base = subject.value.partition("#")[0]
    local = curie(predicate.value).rpartition(":")[2]
    node = NamedNode(f"{base}#claim-{local}-written-{number}")
    day = max(days.get(graph, "") for graph in graphs)
    yield Statement(node, TYPE, CLAIM)
    yield Statement(node, SUBJECT, subject)
    yield Statement(node, PROPERTY, predicate)
    yield Statement(node, VALUE, triple.object)
    yield Statement(node, STATED_ON, Literal(day, datatype=DATE))
    for graph in sorted(graphs):
        yield Statement(node, SOURCE, NamedNode(_SOURCES + graph.removeprefix(GRAPHS)))


def _is_source(triple: Statement) -> bool:
    return triple.predicate == SOURCE and isinstance(triple.object, NamedNode)


def _days(history: list[Made], generations: Generations) -> dict[str, str]:
    """Return the day on which each graph was last changed; that of the first generation else."""
    found: dict[str, str] = defaultdict(lambda: history[0].time[:10])
    for change in generations.changes(0):
        for quad in (*change.added, *change.removed):
            if isinstance(quad.graph_name, NamedNode):
                found[quad.graph_name.value] = change.made.time[:10]
    return found


def _terminology(generations: Generations, store: Store) -> Iterator[str]:
    """Yield what has changed in ontology and shapes, which are files written by hand."""
    packaged = generations.packaged()
    for name in (ONTOLOGY, SHAPES):
        now = set(store.quads_for_pattern(None, None, None, name))
        then = {quad for quad in packaged if quad.graph_name == name}
        for sign, quads in (("+", now - then), ("-", then - now)):
            for quad in sorted(quads, key=str):
                yield f"{curie(name.value)} {sign} {quad.triple}"


def _normal(triples: Iterable[Statement]) -> frozenset[Statement]:
    """Return statements as a store holds them, whose numbers and dates have one form."""
    store = Store()
    store.extend(dataset.quad(triple, DefaultGraph()) for triple in triples)
    return frozenset(map(statement, store))


def _path(instances: Path, found: Record) -> Path:
    return instances / found.kind / f"{found.slug}.ttl"
