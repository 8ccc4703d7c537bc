"""What `fingerpost serve` is told, checked: from options and FINGERPOST_ settings to values."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fingerpost import policy
from fingerpost.engine import placing
from fingerpost.engine.fences import Fences
from fingerpost.engine.remote import wanted
from fingerpost.engine.remote.wanted import Wanted
from fingerpost.errors import SettingFault
from fingerpost.files import Folders
from fingerpost.policy import Policy

_MEGABYTE = 1024 * 1024
_WRITING = 6.0
"""How many times the time of a query a change may take: it is validated too."""


@dataclass(frozen=True)
class Settings:
    """What is served, where, and how.

    Without `folders` the dataset of `files` is served just as it stands. `store` is a folder
    of generations that keeps changes. The workers of `fences` are shared out over `processes`,
    two to each at least. `remote` is an engine at another address, which holds the graph;
    a `store` is put into it then, generation by generation. One that is to `follow` reads a store
    that another service writes. Long answers are `kept` as files, of so many bytes altogether.
    """

    folders: Folders | None
    fences: Fences
    policy: Policy
    host: str
    port: int
    files: tuple[Path, ...] = ()
    store: Path | None = None
    processes: int = 1
    token_file: Path | None = None
    remote: Wanted | None = None
    follow: bool = False
    in_memory: placing.Wanted = placing.AUTO
    kept: int = 0


def read(folders: Folders | None, files: tuple[Path, ...], given: Mapping[str, Any]) -> Settings:
    """Return the settings that the options of `serve` mean, named as there.

    Raises:
        SettingFault: one of them cannot be, or not with another.
    """
    tokens = policy.tokens(given["token_file"], os.environ.get("FINGERPOST_TOKEN"))
    if given["follow"] and (given["store"] is None or tokens or given["open_writes"]):
        raise SettingFault(
            "--follow reads the --store that another service writes: it takes no token."
            if given["store"]
            else "--follow needs --store: the folder that another service writes."
        )
    if given["open_writes"] and folders is not None:
        raise SettingFault("--open-writes is for --plain: a curated graph is written with a token.")
    return Settings(
        folders=folders,
        files=files,
        fences=Fences(
            seconds=given["timeout"],
            memory=given["memory"] * _MEGABYTE,
            answer=given["answer"] * _MEGABYTE,
            workers=given["workers"],
            writing=given["timeout"] * _WRITING,
            services=tuple(_service(one) for one in given["services"]),
        ),
        policy=Policy(
            tokens=tokens,
            open_writes=given["open_writes"],
            proxies=tuple(_address(one) for one in given["proxies"]),
            rate=given["rate"],
            access_log=given["access_log"],
        ),
        host=_host(given["host"], alone=folders is None),
        port=given["port"],
        store=given["store"],
        processes=given["processes"],
        token_file=given["token_file"],
        follow=given["follow"],
        in_memory=placing.wanted(given["in_memory"]),
        kept=given["kept"] * _MEGABYTE,
        remote=_remote(folders, given, writable=bool(tokens)),
    )


def _remote(folders: Folders | None, given: Mapping[str, Any], *, writable: bool) -> Wanted | None:
    """Return the engine that is asked for, if nothing speaks against it."""
    if not given["engine"]:
        return None
    for other, why in (
        (folders is None, "--plain serves files of its own"),
        (given["follow"], "--follow reads a store, and an engine needs nobody to follow it"),
        (
            writable and not given["store"],
            "without --store it is read only, so nobody needs a token",
        ),
        (
            given["store"] and not given["engine_graphs"],
            "--store is put into it, and --engine-graphs says where its graphs are written",
        ),
    ):
        if other:
            raise SettingFault(f"Not with --engine: {why}.")
    return wanted.read(
        given["engine"],
        given["engine_kind"],
        given["engine_credentials"],
        os.environ.get("FINGERPOST_ENGINE_CREDENTIALS"),
        graphs=given["engine_graphs"],
        update=given["engine_update"],
    )


def _service(iri: str) -> str:
    parts = urlsplit(iri)
    if parts.scheme not in {"http", "https"} or not parts.netloc or not parts.path:
        raise SettingFault(f'--service is an address such as https://example.org/, not "{iri}".')
    return iri


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError as fault:
        raise SettingFault(f'--proxy is an IP address, not "{text}".') from fault


def _host(text: str, *, alone: bool) -> str:
    host = "127.0.0.1" if text == "localhost" else text
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError as fault:
        raise SettingFault(f'--host is an IP address or localhost, not "{text}".') from fault
    if alone and not loopback:
        raise SettingFault(f"--host {text} is not of this machine alone, as --plain must be.")
    return host
