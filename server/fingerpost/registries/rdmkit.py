"""RDMkit's list of tools and resources: YAML with names, addresses, and identifiers elsewhere."""

from collections.abc import Iterator

import yaml

from fingerpost.errors import NotOfRegistry
from fingerpost.registries.entry import Entry, Found
from fingerpost.registries.values import Values, prose, taken, unique

PREFIX = "rdmkit"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 50
_ELSEWHERE = {"biotools": "biotools", "tess": "tess"}


def entries(data: bytes) -> Iterator[Found]:
    """Yield the tools of the list.

    Raises:
        NotOfRegistry: it is not YAML, or no list.
    """
    try:
        _check_depth(data)
        # All as text: 012345 is an identifier, and no number in base eight.
        found = yaml.load(data, Loader=_LOADER)  # noqa: S506 - it makes texts, lists and mappings
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as fault:
        raise NotOfRegistry(f"This is not YAML: {fault}".splitlines()[0]) from fault
    if not isinstance(found, list):
        raise NotOfRegistry("RDMkit's tools are a list; this is none.")
    yield from taken(found, "tool", "mapping of fields", _entry)


def _check_depth(data: bytes) -> None:
    """Refuse what nests so deeply that libyaml, which recurses, would end the process."""
    depth = 0
    for event in yaml.parse(data, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise NotOfRegistry(f"RDMkit's tools do not nest {_DEEPEST} levels deep.")


def _entry(tool: Values) -> Entry:
    registry = tool.within("registry")
    return Entry(
        id=f"{PREFIX}:{tool.needed('id')}",
        name=tool.needed("name"),
        homepage=tool.text("url"),
        description=prose(tool.text("description")),
        kind="tool",
        identifiers=unique([*_curies(registry)]),
    )


def _curies(registry: Values) -> Iterator[str]:
    """Yield identifiers in registries; `NA` says that there is none."""
    if local := registry.text("fairsharing"):
        yield f"fairsharing:FAIRsharing.{local.removeprefix('FAIRsharing.')}"
    for field, prefix in _ELSEWHERE.items():
        if local := registry.text(field):
            yield f"{prefix}:{local}"
