"""Malformed, odd and hostile HTTP requests, byte for byte, and the statuses that may come.

A request that is no HTTP at all may be answered by closing the connection, or by the server
below the application, which writes no problem document; such a case is `broken`. Where a
request breaks off, the client `ends` the connection on its side, and the answer may be none.
"""

import urllib.parse
from dataclasses import dataclass

from attack.client import Headers, message

FINE = frozenset({200})
CLIENT = frozenset(range(400, 500))
BAD = frozenset({400})
MISSING = frozenset({404})
METHOD = frozenset({405})
FORMAT = frozenset({406})
LARGE = frozenset({413})
TYPE = frozenset({415})
NOT_MODIFIED = frozenset({304})
DIRECT = "application/sparql-query"
ASK = "ASK { ?s ?p ?o }"
GOOD = "/sparql?query=" + urllib.parse.quote(ASK)
FIELDS = ("query=" + urllib.parse.quote(ASK)).encode()


@dataclass(frozen=True)
class Case:
    name: str
    request: bytes
    statuses: frozenset[int]
    broken: bool = False
    ends: bool = False

    def __str__(self) -> str:
        return self.name

    @property
    def method(self) -> str:
        return self.request.partition(b" ")[0].decode("latin-1")


def get(name: str, target: str, statuses: frozenset[int], headers: Headers | None = None) -> Case:
    return Case(f"{name}: {target[:60]}", message("GET", target, headers), statuses)


def post(
    name: str, headers: Headers, body: bytes, statuses: frozenset[int], target: str = "/sparql"
) -> Case:
    return Case(f"body: {name}", message("POST", target, headers, body), statuses)


def raw(name: str, request: bytes, statuses: frozenset[int], *, broken: bool = True) -> Case:
    return Case(name, request, statuses | {0} if broken else statuses, broken)


def cut(name: str, request: bytes) -> Case:
    return Case(name, request, BAD | frozenset({0, 408}), broken=True, ends=True)
