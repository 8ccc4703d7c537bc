"""Which pages may ask what a page of elsewhere must not: those of this service alone.

The Model Context Protocol asks for it (Transports, Security Warning): a page of elsewhere whose
name is made to lead to this machine ("DNS rebinding") must not get at a service that only this
machine reaches.
"""

import ipaddress
from urllib.parse import urlsplit

from flask import request

from fingerpost.errors import WriteRefused

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def check() -> None:
    """Return if no page asks, or one of this service; on this machine, one by a name of its own.

    Raises:
        WriteRefused: a page of another origin asks.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return
    page, own = _host(origin), _host(f"//{request.host}")
    if _local(request.remote_addr or ""):
        allowed = page in _LOCAL and own in _LOCAL
    else:
        allowed = urlsplit(origin).netloc == request.host
    if not allowed:
        raise WriteRefused(f"A page of {origin[:200]} may not ask here.")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _local(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
