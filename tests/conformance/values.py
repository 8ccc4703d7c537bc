"""Numbers and booleans by their value.

An operator of SPARQL gives a value, and the suites write `2.0` or `1.0E6` where another lexical
form of the same value is as right. Only the datatypes that arithmetic yields are read, each is kept
apart from the others, and a literal that is none of them, or is malformed, stays what it is.
"""

import re
import struct
from collections.abc import Callable
from decimal import Decimal

import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGER = re.compile(r"[+-]?[0-9]+")
DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
DOUBLE = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
BOOLEAN = re.compile(r"true|false|0|1")


def value(literal: ox.Literal) -> object:
    """Something equal for two literals of one datatype and one value."""
    name = literal.datatype.value.removeprefix(XSD)
    if name not in READERS:
        return literal
    pattern, read = READERS[name]
    if not pattern.fullmatch(literal.value):
        return literal
    return (name, read(literal.value))


def _double(text: str) -> str:
    """Zero and minus zero stay apart, not-a-number is equal to itself."""
    return repr(float(text))


def _float(text: str) -> str:
    number = float(text)
    return repr(struct.unpack("f", struct.pack("f", number))[0])


def _boolean(text: str) -> bool:
    return text in {"true", "1"}


READERS: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "integer": (INTEGER, int),
    "decimal": (DECIMAL, Decimal),
    "double": (DOUBLE, _double),
    "float": (DOUBLE, _float),
    "boolean": (BOOLEAN, _boolean),
}
