"""Which registry a file is of, by its name and how it begins."""

import json
import re
from pathlib import PurePath

from fingerpost.registries.bioregistry import FAIRSHARING, RE3DATA

HEAD = 65_536
"""Bytes of the beginning that are looked at."""
_SUFFIXES = {
    ".csv": "csv",
    ".htm": "rdf",
    ".html": "rdf",
    ".jsonl": "lines",
    ".jsonld": "rdf",
    ".n3": "rdf",
    ".ndjson": "lines",
    ".nt": "rdf",
    ".owl": "rdf",
    ".rdf": "rdf",
    ".tsv": "csv",
    ".ttl": "rdf",
    ".trig": "rdf",
    ".yaml": "rdmkit",
    ".yml": "rdmkit",
    ".zip": "ror",
}
_RDF = (b"http://www.w3.org/1999/02/22-rdf-syntax-ns#", b"<html", b"<HTML", b"> <http")
"""What of the things that begin with < is in RDF, or in a page that may have some."""
_SSSOM = (b"subject_id", b"predicate_id", b"object_id")
_KEY = r'\A\{{\s*"{}"\s*:'
_TOLD = (
    (re.compile(_KEY.format(RE3DATA), re.IGNORECASE), "re3data"),
    (re.compile(_KEY.format(FAIRSHARING), re.IGNORECASE), "fairsharing"),
    (re.compile(r'"@(?:context|graph|id)"\s*:'), "rdf"),
    (re.compile(r'"biotools(?:ID|CURIE)"\s*:'), "biotools"),
    (re.compile(r'"id"\s*:\s*"https://ror\.org/0'), "ror"),
    (re.compile(r'"number_of_results"\s*:'), "ror"),
)
"""What only one kind of JSON has → its registry; the first holds."""


def registry(name: str, head: bytes) -> str:
    """Return the registry that gives files of this name with this beginning."""
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    known = _SUFFIXES.get(PurePath(name).suffix.lower(), "")
    if known == "csv" and _is_sssom(begin):
        return "sssom"
    if known:
        return known
    if begin.startswith(b"<"):
        return "rdf" if any(one in begin for one in _RDF) else "re3data"
    if begin.startswith((b"@prefix", b"@base", b"PREFIX", b"BASE", b"_:")):
        return "rdf"
    return _of_json(name, begin)


def _is_sssom(begin: bytes) -> bool:
    return begin.startswith(b"#") or all(name in begin.partition(b"\n")[0] for name in _SSSOM)


def _of_json(name: str, begin: bytes) -> str:
    text = begin.decode("utf-8", "replace")
    for pattern, known in _TOLD:
        if pattern.search(text):
            return known
    first, _, others = text.partition("\n")
    if name.endswith(".json") or text.startswith("[") or not (_is_object(first) or others):
        return "fairsharing"
    return "fairsharing" if first.strip() == "{" else "lines"


def _is_object(line: str) -> bool:
    """Return whether a line is a whole JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
