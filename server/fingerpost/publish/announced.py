"""What the service says of itself in the graph: VoID, prefixes and examples."""

import os
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Triple, serialize

from fingerpost import files
from fingerpost.files import Folders
from fingerpost.graph.dataset import SERVICE, quad
from fingerpost.graph.statement import statement
from fingerpost.graph.vocabulary import BASE
from fingerpost.publish import examples, tally, void
from fingerpost.publish.terms import DATASET, name
from fingerpost.queries import saved
from fingerpost.store import Generation

ENDPOINT = BASE + "sparql"


def kept(generation: Generation, folders: Folders) -> Path:
    """Return an N-Quads file of these statements, kept beside the build that they describe.

    The counts are those of the graph without them.

    Raises:
        SavedQueryFault: a saved query breaks the convention.
        SettingFault: the cache cannot be written.
    """
    code = sorted(Path(__file__).parent.glob("*.py"))
    digest = files.digest(iter([*sorted(folders.queries.rglob("*.rq")), *code]), "")
    path = generation.dataset.with_name(f"service-{digest}.nq")
    if not path.is_file():
        queries = saved.load(folders.queries)
        counted = tally.of_file(generation.dataset)
        triples = {
            *examples.statements(queries, ENDPOINT),
            *examples.prefixes(),
            *void.description(counted, DATASET, endpoint=ENDPOINT),
            # Where the overview of SIB's tools looks for the parts.
            Triple(NamedNode(f"{DATASET}#default"), name("sd:graph"), NamedNode(DATASET)),
        }
        quads = [
            quad(statement(triple), graph)
            for triple in triples
            for graph in (DefaultGraph(), SERVICE)
        ]
        making = path.with_suffix(f".{os.getpid()}")
        lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
        with files.writing_cache():
            try:
                making.write_bytes(b"".join(sorted(lines)))
                making.rename(path)
            finally:
                making.unlink(missing_ok=True)
    return path
