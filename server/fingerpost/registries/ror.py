"""ROR's organisations, in its schemas 1 and 2 (https://ror.readme.io/docs/ror-data-structure), CC0.

From its dump, which is one long list in a zip archive, a page of its API, or one record.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from fingerpost.errors import NotOfRegistry
from fingerpost.registries import documents
from fingerpost.registries.entry import Entry, Found
from fingerpost.registries.values import Values, WrongValue, clean, day, taken, unique

PREFIX = "ror"
_LOCAL = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}")
_ELSEWHERE = {"fundref": "funderregistry", "grid": "grid", "isni": "isni", "wikidata": "wikidata"}
"""Types of external identifiers → the prefix of Bioregistry."""
_DISPLAYED = "ror_display"
_NEWEST = "_schema_v2"
"""In the names of files of schema 2, while dumps had both."""


def entries(data: bytes) -> Iterator[Found]:
    """Yield the organisations of a list, a page or a record.

    Raises:
        NotOfRegistry: it is none of these.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield from _listed(io.BytesIO(data))
        return
    found = documents.whole(data)
    if isinstance(found, dict) and isinstance(found.get("items"), list):
        yield from _taken(found["items"])
    elif isinstance(found, dict) and "id" in found:
        yield from _taken([found])
    else:
        told = found.get("errors", "no id") if isinstance(found, dict) else "no object"
        raise NotOfRegistry(f"This is no page of ROR's organisations: {told}")


def stream(path: Path) -> Iterator[Found]:
    """Yield the organisations of a file, of which one at a time is held; a dump may be zipped.

    Raises:
        NotOfRegistry: it is no dump.
    """
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            if file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
                file.seek(0)
                yield from _listed(file)
                return
        yield from entries(path.read_bytes())
        return
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_newest(archive)) as file:
            yield from _listed(file)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as fault:
        raise NotOfRegistry(f"This archive cannot be read: {fault}.") from fault


def _newest(archive: zipfile.ZipFile) -> str:
    """Return the name of the JSON file in a dump, of schema 2 where there is one."""
    names = [one for one in archive.namelist() if one.endswith(".json") and "__MACOSX" not in one]
    if not names:
        raise NotOfRegistry("This archive has no JSON file, so it is no dump of ROR.")
    return max(names, key=lambda name: (_NEWEST in name, name))


def _listed(file: IO[bytes]) -> Iterator[Found]:
    try:
        with io.TextIOWrapper(file, "utf-8-sig") as text:
            yield from _taken(documents.elements(text))
    except UnicodeDecodeError as fault:
        raise NotOfRegistry(f"This is not UTF-8: {fault}.") from fault


def _taken(records: Iterable[object]) -> Iterator[Found]:
    return taken(records, "organisation", "JSON object", _entry)


def _entry(record: Values) -> Entry:
    name, others = _names(record) if "names" in record.found else _old_names(record)
    homepage = _homepage(record)
    admin = record.within("admin").within("last_modified")
    return Entry(
        id=_id(record.needed("id")),
        name=name,
        alt_names=tuple(one for one in unique(others) if one != name),
        homepage=homepage,
        kind=", ".join(record.texts("types")),
        status=record.text("status"),
        countries=unique(_countries(record)),
        identifiers=unique(_identifiers(record)),
        modified=day(admin.text("date")),
    )


def _id(text: str) -> str:
    local = text.rstrip("/").rpartition("/")[2].lower()
    if not _LOCAL.fullmatch(local):
        raise WrongValue("id", f"this is no identifier of ROR: {text[:60]}.")
    return f"{PREFIX}:{local}"


def _names(record: Values) -> tuple[str, list[str]]:
    """Return the displayed name, or else the first label, and the others."""
    names = [(one.text("value"), one.texts("types")) for one in record.each("names")]
    for wanted in (_DISPLAYED, "label", "alias"):
        for name, types in names:
            if name and wanted in types:
                return name, [other for other, _ in names]
    raise WrongValue("names", "the displayed one is missing.")


def _old_names(record: Values) -> tuple[str, list[str]]:
    labels = [one.text("label") for one in record.each("labels")]
    return record.needed("name"), [*labels, *record.texts("aliases"), *record.texts("acronyms")]


def _homepage(record: Values) -> str:
    """Return the web site: a list of typed links in schema 2, of addresses in schema 1."""
    links = record.found.get("links")
    if isinstance(links, list) and all(isinstance(one, str) for one in links):
        return next(iter(record.texts("links")), "")
    typed = (one for one in record.each("links") if one.text("type") == "website")
    return next((one.text("value") for one in typed), "")


def _countries(record: Values) -> Iterator[str]:
    """Yield codes of countries; read as they are, since NA is Namibia."""
    places = [one.within("geonames_details") for one in record.each("locations")]
    for place in [*places, record.within("country")]:
        code = place.found.get("country_code")
        yield code.strip() if isinstance(code, str) else place.text("country_name")


def _identifiers(record: Values) -> Iterator[str]:
    found = record.found.get("external_ids")
    if isinstance(found, dict):
        typed = [(kind, record.within("external_ids").within(kind)) for kind in found]
    else:
        typed = [(one.text("type"), one) for one in record.each("external_ids")]
    for kind, one in typed:
        if prefix := _ELSEWHERE.get(kind.lower()):
            for local in (one.text("preferred"), *one.texts("all")):
                yield f"{prefix}:{clean(local).replace(' ', '')}" if local else ""
