"""Which page of a list an address names."""

import sys

from flask import request

from fingerpost.errors import BadParameter


def number(found: int, size: int) -> int:
    """Return the page that the address names, or the last there is, counted from 1.

    Raises:
        BadParameter: it is no such number.
    """
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:18]) <= sys.maxsize):
        raise BadParameter(f'"page" is a number from 1, not "{text[:40]}".')
    return min(int(text[:18]), max(-(-found // size), 1))
