"""What engines do otherwise than the standard says, each difference in this one place."""

import json
from dataclasses import dataclass
from typing import Any

from fingerpost.errors import SettingFault
from fingerpost.graph.vocabulary import PREFIXES

_BOOLEAN = PREFIXES["xsd"] + "boolean"
_TRUTH = {"1": "true", "0": "false"}
_NODE = "nodeID://"
_VIRTUOSO_ASK = "__ASK_RETVAL"


@dataclass(frozen=True)
class Dialect:
    """An engine's ways.

    `names` are how its Server header begins. `unable` are texts in errors that say that the
    engine has no plan for a query that is SPARQL. `functions` are prefixes of functions of its own
    that reach beyond the graph. `partial` is a header that comes with an answer cut short.
    `plain_results` are JSON results as the standard has them; `dataset_in_text` is where a dataset
    must be named in the query. `copied` is where our own queries are answered from a copy. Where
    `own_default`, it has a default graph beside the named ones, and an update is one transaction.
    """

    name: str
    names: tuple[str, ...] = ()
    unable: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    partial: str = ""
    plain_results: bool = True
    dataset_in_text: bool = False
    copied: bool = False
    own_default: bool = False


STANDARD = Dialect("standard")
OXIGRAPH = Dialect("oxigraph", names=("oxigraph",), own_default=True)
VIRTUOSO = Dialect(
    "virtuoso",
    names=("virtuoso",),
    # Of its SQL compiler: what it is given is translated to one SQL statement.
    unable=(
        "SP031",
        "SQ074",
        "SQ156",
        "SQ199",
        "SQ200",
        "transitive start not given",
        "SP030: SPARQL",
    ),
    functions=("bif:", "sql:"),
    partial="X-SQL-State",
    plain_results=False,
    # It sends back a header for each graph of a request, and Python reads a hundred at most.
    dataset_in_text=True,
    copied=True,
)
DIALECTS = {one.name: one for one in (STANDARD, OXIGRAPH, VIRTUOSO)}


def called(name: str) -> Dialect:
    """Return the dialect of that name.

    Raises:
        SettingFault: there is none.
    """
    if name not in DIALECTS:
        raise SettingFault(f'"{name}" is no kind of engine: one of {", ".join(DIALECTS)}.')
    return DIALECTS[name]


def told(server: str) -> Dialect:
    """Return the dialect of an engine by the Server header of its answers."""
    lower = server.lower()
    return next(
        (one for one in DIALECTS.values() if any(lower.startswith(name) for name in one.names)),
        STANDARD,
    )


def standard_results(document: bytes) -> bytes:
    """Return JSON results of Virtuoso as the standard has them.

    Its truth values are "1" and "0", which XML Schema allows and nobody expects, and the answer
    to an ASK is a table; blank nodes are addresses.
    """
    found: dict[str, Any] = json.loads(document)
    if found["head"].get("vars") == [_VIRTUOSO_ASK]:
        (row,) = found["results"]["bindings"]
        return json.dumps({"head": {}, "boolean": row[_VIRTUOSO_ASK]["value"] == "1"}).encode()
    for row in found.get("results", {}).get("bindings", ()):
        for value in row.values():
            _mend(value)
    return json.dumps(found).encode()


def _mend(value: dict[str, str]) -> None:
    if value["type"] == "bnode":
        value["value"] = value["value"].removeprefix(_NODE)
    if value["type"] == "typed-literal":
        value["type"] = "literal"
    if value.get("datatype") == _BOOLEAN:
        value["value"] = _TRUTH.get(value["value"], value["value"])
